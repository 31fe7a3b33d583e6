"""Nothing lies in the app that nobody calls: vulture, and what it cannot see.

It sees Python alone. A function that registers itself by a decorator is called through the register, one that
hooks.py, the desk's JavaScript or a template names is called from there, and the methods below are called by Frappe or
a library by their names.
"""

import ast
import re
from functools import cache

from findings import ROOT, run

CONTROLLER = {
	"after_delete", "after_insert", "autoname", "before_cancel", "before_insert", "before_naming", "before_print",
	"before_rename", "before_submit", "before_update_after_submit", "notify_update", "on_cancel", "on_rollback",
	"on_submit", "on_trash", "on_update", "on_update_after_submit", "onload", "save_version", "validate",
	"_sanitize_content",
}  # fmt: skip
PARSER = {"startElement", "endElement", "characters"}  # what the XML parser calls
FOR_TESTS = "par_campaign/testing/"
REGISTERED = (
	"par_campaign/printing/kinds/",
	"par_campaign/scoring/kinds/",
)  # whose classes register themselves
FOUND = re.compile(r"(\S+):(\d+): (unused (function|method|class|import|property)|unreachable code) '?(\w+)")


def test_everything_is_called_by_somebody():
	done = run(
		"vulture",
		"par_campaign",
		"dev/provision",
		"--min-confidence",
		"60",
		"--ignore-decorators",
		"@frappe.whitelist*,@instead_of*,@builds*,@bundles*,@writes*,@offers*",
	)
	assert done.returncode in (0, 3), done.stderr
	found = [FOUND.match(line) for line in done.stdout.splitlines()]
	dead = [f"{m[1]}:{m[2]}: {m[5]}" for m in found if m and not is_called(m[1], m[4], m[5])]
	assert not dead, "nobody calls:\n" + "\n".join(dead)


def is_called(path: str, kind: str, name: str) -> bool:
	if path.startswith(FOR_TESTS) or name in CONTROLLER | PARSER:
		return True
	if kind == "class" and "/doctype/" in path:
		return True  # a doctype's controller, which Frappe finds by the doctype's name
	if kind == "class" and path.startswith(REGISTERED):
		return True
	return name in named()


@cache
def named() -> frozenset[str]:
	"""The words of all texts of the app that are not Python, and of the dotted names in Python's strings."""
	words: set[str] = set()
	for path in (ROOT / "par_campaign").rglob("*"):
		if path.suffix in (".js", ".json", ".html") and "dist" not in path.parts:
			words.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
		elif path.suffix == ".py":
			words.update(names_in_strings(path.read_text(encoding="utf-8")))
	return frozenset(words)


def names_in_strings(source: str) -> set[str]:
	strings = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
	return {
		part
		for text in strings
		if isinstance(text, str) and re.fullmatch(r"\w+(\.\w+)+", text)
		for part in text.split(".")
	}


def test_a_function_nobody_calls_is_found():
	assert not is_called("par_campaign/results/store.py", "function", "nobody_calls_this")
	assert not is_called("par_campaign/scoring/kinds/direct.py", "function", "nobody_calls_this")
	assert is_called("par_campaign/permissions/rules.py", "function", "unit_condition")
