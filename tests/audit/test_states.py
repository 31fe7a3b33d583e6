"""The states of documents are those of `par_campaign/states.py`, and are named by it alone.

What is stored is said by the workflows and by the options of the doctypes: the enums hold the same, no more and no less.
So do the groups the desk's JavaScript has.

In the app's Python no state stands as a bare text. Found are

- texts that are nothing but states (`OWN_WORDS`, and those of several words), wherever they stand;
- any state that is compared with a field of states, assigned to it, or given for it in a dict, a filter or a call;
- lists, and keys of dicts, that are all states of one kind.

Not looked at are words given to be translated, which are labels; patches, which keep what they once meant; and tests,
which say what is stored. A state of one common word that is handed to a function by its place alone is not seen.
"""

import ast
import json
import re
from collections.abc import Iterator

import pytest
from findings import APP, ROOT

from par_campaign import states

MODULE = ROOT / APP / "par_campaign"
WORKFLOWS = {
	"par_campaign": states.CampaignState,
	"par_unit_scorecard": states.ScorecardState,
	"par_award_proposal": states.ProposalState,
}
OPTIONS = {
	("par_query", "state"): states.QueryState,
	("par_task", "state"): states.TaskState,
	("par_evidence_item", "status"): states.EvidenceState,
	("par_document", "status"): states.DocumentState,
}
KINDS = [{state.value for state in kind} for kind in (*WORKFLOWS.values(), *OPTIONS.values())]
ALL = set().union(*KINDS)
# single words that mean a state and nothing else here
OWN_WORDS = {"Launched", "Appraising", "Returned", "Revoked", "Awarded"}
OWN_WORDS |= {text for text in ALL if " " in text}
STATUS = {state.value for (_doctype, field), kind in OPTIONS.items() if field == "status" for state in kind}
# names under which a state is read and written, with what may stand there; Frappe's to-dos have a `status` as well
FIELDS = dict.fromkeys(("workflow_state", "state", "state_before", "first_state", "old", "new"), ALL)
FIELDS["status"] = STATUS


# --- the enums hold what is stored ---------------------------------------------------------------


def read(path: str) -> dict:
	return json.loads((MODULE / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(("workflow", "kind"), WORKFLOWS.items())
def test_a_workflow_has_these_states(workflow, kind):
	rows = read(f"workflow/{workflow}.json")["states"]
	assert {row["state"] for row in rows} == {state.value for state in kind}


@pytest.mark.parametrize(("doctype", "field", "kind"), [(*key, kind) for key, kind in OPTIONS.items()])
def test_a_field_has_these_options(doctype, field, kind):
	fields = {row["fieldname"]: row for row in read(f"doctype/{doctype}/{doctype}.json")["fields"]}
	options = [option for option in fields[field]["options"].split("\n") if option]
	assert options == [state.value for state in kind]


def test_every_kind_of_state_is_looked_at():
	assert set(states.State.__subclasses__()) == {*WORKFLOWS.values(), *OPTIONS.values()}


@pytest.mark.parametrize("state", [state for kind in states.State.__subclasses__() for state in kind])
def test_a_state_is_its_text(state):
	"""In sentences, in JSON, as a key, and to whoever asks for a text."""
	text = state.value
	assert (str(state), f"{state}", f"{state:>30}", "%s" % state) == (text, text, f"{text:>30}", text)  # noqa: UP031
	assert type(str(state)) is str
	assert json.dumps({state: state}) == json.dumps({text: text})
	assert {text: 1}[state] == {state: 1}[text] == 1
	assert state == text and state in (text,) and text in (state,)


def test_the_desk_has_the_same_groups():
	source = (ROOT / APP / "public" / "js" / "states.js").read_text(encoding="utf-8")
	groups = {
		name: re.findall(r'"(.+?)"', body)
		for name, body in re.findall(r"(\w+)(?::| =) \[(.*?)\]", source, re.S)
	}
	assert groups.pop("card_states") == list(states.ScorecardState)
	assert groups == {name: list(getattr(states, name)) for name in groups} != {}


# --- no other text stands for them ---------------------------------------------------------------


def test_no_state_stands_bare():
	found = [
		f"{path.relative_to(ROOT)}:{line}: {text!r}"
		for path in sorted((ROOT / APP).rglob("*.py"))
		if path != ROOT / APP / "states.py"
		and "patches" not in path.parts
		and not path.name.startswith("test_")
		for line, text in bare(path.read_text(encoding="utf-8"))
	]
	assert not found, "name these by par_campaign/states.py:\n" + "\n".join(found)


def bare(source: str) -> list[tuple[int, str]]:
	"""Line and text of each state that stands bare."""
	nodes = list(ast.walk(ast.parse(source)))
	labels = {id(text) for node in nodes if is_label(node) for text in node.args}
	found = {
		id(text): (text.lineno, text.value)
		for node in nodes
		for text in (*own_word(node), *beside_a_field(node), *all_of_one_kind(node))
		if id(text) not in labels
	}
	return sorted(found.values())


def is_label(node: ast.AST) -> bool:
	return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"


def own_word(node: ast.AST) -> Iterator[ast.Constant]:
	if isinstance(node, ast.Constant) and node.value in OWN_WORDS:
		yield node


def beside_a_field(node: ast.AST) -> Iterator[ast.Constant]:
	for field, value in pairs(node):
		yield from (text for text in texts(value) if text.value in FIELDS.get(field, ()))


def pairs(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
	"""The names in a statement, each with what is compared with it, assigned to it or given for it."""
	if isinstance(node, ast.Compare | ast.BoolOp):
		sides = node.values if isinstance(node, ast.BoolOp) else [node.left, *node.comparators]
		yield from ((name(one), other) for one in sides for other in sides if one is not other)
	elif isinstance(node, ast.Assign):
		for target in node.targets:
			yield from assigned(target, node.value)
	elif isinstance(node, ast.AnnAssign) and node.value:
		yield name(node.target), node.value
	elif isinstance(node, ast.Dict):
		yield from ((name(key), value) for key, value in zip(node.keys, node.values, strict=True))
	elif isinstance(node, ast.keyword):
		yield node.arg or "", node.value
	elif isinstance(node, ast.Call):
		yield from ((name(one), other) for one, other in zip(node.args, node.args[1:], strict=False))
		if isinstance(node.func, ast.Attribute):  # table.state.isin(…)
			yield from ((name(node.func.value), value) for value in node.args)


def assigned(target: ast.AST, value: ast.AST) -> Iterator[tuple[str, ast.AST]]:
	if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
		for one, other in zip(target.elts, value.elts, strict=False):
			yield from assigned(one, other)
	else:
		yield name(target), value


def name(node: ast.AST | None) -> str:
	"""The last name of `card.state`, `state`, `"state"`, `row["state"]`, `row.get("state")`, of a pair, and of what is
	read from the database."""
	match node:
		case ast.Attribute(attr=text) | ast.Name(id=text) | ast.Constant(value=str(text)):
			return text
		case ast.Subscript(slice=inner) | ast.Tuple(elts=[*_, inner]):
			return name(inner)
		case ast.Call(func=ast.Attribute(attr="get"), args=[inner, *_]):
			return name(inner)
		case ast.Call(func=ast.Attribute(attr="get_value"), args=[*_, inner]):
			return name(inner)
	return ""


def texts(node: ast.AST) -> Iterator[ast.Constant]:
	"""The texts an expression may come to."""
	match node:
		case ast.Constant():
			yield node
		case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.BoolOp(values=parts):
			for part in parts:
				yield from texts(part)
		case ast.IfExp(body=one, orelse=other):
			yield from texts(one)
			yield from texts(other)


def all_of_one_kind(node: ast.AST) -> Iterator[ast.Constant]:
	parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", ())
	found = [part for part in parts if isinstance(part, ast.Constant) and part.value != ""]
	constant = len(parts) >= 2 and all(isinstance(part, ast.Constant) for part in parts)
	if constant and any({part.value for part in found} <= kind for kind in KINDS):
		yield from found


@pytest.mark.parametrize(
	"source",
	[
		'if card.workflow_state == "Draft": pass',
		'if "Draft" != old: pass',
		'if row["state"] in ("Open", other): pass',
		'if row.get("status") == "Pending": pass',
		'doc.state = "Answered" if answered else other',
		'self.status, self.reason = "Pending", None',
		'label = _(doc.state or "Draft")',
		'if frappe.db.get_value("PAR Campaign", name, "workflow_state") != "Closed": pass',
		'if (old, new) == ("Draft", other): pass',
		'FIRST = {("PAR Campaign", "workflow_state"): "Draft"}',
		'filters = {"workflow_state": ("!=", "Draft")}',
		'_of(card, state="Open")',
		'frappe.db.set_value("PAR Document", name, "status", "Ready")',
		'query.set(task.state, "Done")',
		'query.where(card.workflow_state.isin(["Draft", other]))',
		'HELD = ("Draft", "Submitted")',
		'WORDS = {"Accepted": 1, "Rejected": 2, "": 3}',
		'move(card, "Under Appraisal")',
		'move(card, "Launched")',
	],
)
def test_a_bare_state_is_found(source):
	assert bare(source)


@pytest.mark.parametrize(
	"source",
	[
		'label = _("Awarded")',
		'STATUS = ("Draft", "Submitted", "Cancelled")',
		'filters = {"reference_type": "PAR Task", "status": "Open"}',  # a to-do of Frappe's
		'TEXTS = {"Closed": closed, "Opened again": opened}',
		'row_fault("Council", row)',
		'if entry.kind in ("Closed", "Deadline passed"): pass',
		"doc.state = CampaignState.DRAFT",
	],
)
def test_another_word_is_not(source):
	assert not bare(source)
