"""Every function of the app that can be called answers what no form of ours sends with one clear refusal."""

import importlib
import inspect
from pathlib import Path

import frappe
import pytest
import site_factories as f
from site_browser import SCORECARD, Browser

from par_campaign.permissions.arguments import parsed, records

APP = Path(frappe.get_app_path("par_campaign"))
WRONG = ("{broken", "[" * 5_000, '["a", 1]', '{"a": {"b": ["c"]}}', "9" * 10_000, '"x"')


@pytest.mark.parametrize("value", ["{broken", "[" * 100_000, "7", '"x"', '[{"a": 1}]', '[["a"]]'])
def test_no_list_of_words_is_refused(base, value):
	with pytest.raises(frappe.ValidationError, match="cannot be read"):
		parsed(value, list, str)


def test_what_forms_send_is_read(base):
	assert parsed('["a"]', list, str) == parsed(["a"], list, str) == ["a"]
	assert parsed(None, dict) == parsed("", dict) == parsed("null", dict) == {}
	assert records('[{"a": 1}]', list) == [{"a": 1}]


def callable_functions() -> dict[str, object]:
	"""Our own by their names, but for those that stand for one of Frappe's."""
	for path in APP.rglob("*.py"):
		if "@frappe.whitelist" in path.read_text(encoding="utf-8") and path.name != "__init__.py":
			parts = path.relative_to(APP).with_suffix("").parts
			importlib.import_module(".".join(("par_campaign", *parts)))
	ours = [function for function in frappe.whitelisted if function.__module__.startswith("par_campaign.")]
	stand_ins = {
		name for names in frappe.get_hooks("override_whitelisted_methods").values() for name in names
	}
	named = {f"{function.__module__}.{function.__qualname__}": function for function in ours}
	return {
		name: function
		for name, function in named.items()
		if "." not in function.__qualname__ and name not in stand_ins
	}


def arguments_of(function, campaign: str, wrong: str) -> dict:
	"""Documents that there are, so that the rest is looked at; everything else wrong."""
	right = {
		"campaign": campaign,
		"scorecard": f"{campaign}-TA",
		"unit_group": f.GROUP,
		"code": "1.1.3",
		"unit": "TA",
		"criteria_set": frappe.db.get_value(SCORECARD, f"{campaign}-TA", "criteria_set"),
	}
	parameters = inspect.signature(function).parameters.values()
	known = [p for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
	return {p.name: right.get(p.name, wrong) for p in known}


@pytest.mark.parametrize("user", [f.LEAD, f.HEAD_C])
def test_wrong_arguments_are_refused_and_break_nothing(live, user):
	browser, broken = Browser(user), []
	functions = callable_functions()
	assert len(functions) > 40
	for name in sorted(functions):
		for wrong in WRONG:
			answer = browser.post(name, **arguments_of(functions[name], live, wrong))
			if answer.status_code >= 500:
				broken.append((name, wrong[:20], answer.json.get("exception", "")[:200]))
	assert not broken, broken


def test_a_claim_of_a_million_digits_is_no_claim(live):
	claims = {"x": "1" * 1_000_000}
	for code in ("1.1.1", "1.1.2", "1.1.3", "2.1.1", "2.1.2", "4.1"):
		answer = Browser(f.LEAD).post(
			"par_campaign.par_campaign.page.par_appraisal_grid.work.preview",
			campaign=live,
			unit_group=f.GROUP,
			code=code,
			claims=claims,
		)
		assert answer.status_code == 200, (code, answer.text[:200])
		assert answer.json["message"]["x"]["error"] and len(answer.text) < 10_000
