"""Messages are shown as HTML, so nobody's text may stand in one as it is: one way to put them together."""

import ast
from pathlib import Path

import frappe
import pytest

from par_campaign.saying import bold, lines, link, plain, say

APP = Path(frappe.get_app_path("par_campaign"))
SAFE = {"_", "say", "bold", "lines"}  # what a message may begin with
HOSTILE = '<img src=x onerror="alert(1)"> & {0}'


def test_values_are_escaped_and_nothing_is_escaped_twice():
	message = say("{0} and {1}", bold(HOSTILE), HOSTILE)
	assert "<img" not in message and "&amp;amp;" not in message
	assert message.startswith("<strong>&lt;img")
	assert plain(message) == f"{HOSTILE} and {HOSTILE}"


def test_lines_escape_what_is_no_message_yet():
	assert lines([HOSTILE, bold("x")]).endswith("{0}<br><strong>x</strong>")
	assert "<img" not in lines([HOSTILE])


def test_a_link_escapes_the_name(base):
	assert "<img" not in link("PAR Unit", HOSTILE)


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: str(path.relative_to(APP)))
def test_every_message_is_put_together_by_saying(path):
	tree = ast.parse(path.read_text(encoding="utf-8"))
	wrong = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_raw(node)]
	assert not wrong, f"{path.name}: line {wrong}: put the message together with par_campaign.saying"


def _is_raw(call: ast.Call) -> bool:
	name = ast.unparse(call.func)
	if name in ("frappe.throw", "frappe.msgprint"):
		return not _is_said(call.args[0])
	if name.endswith(".add_comment"):
		return len(call.args) > 1 and not _is_said(call.args[1])
	return name == "frappe.bold"


def _is_said(node: ast.expr) -> bool:
	if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
		return False
	if node.func.id == "str":  # for the database, whose driver knows plain strings only
		return _is_said(node.args[0])
	return node.func.id in SAFE
