"""The house's rules for semgrep (dev/audit/rules): they find what they are for, and the app keeps them."""

import json
import re

from findings import ROOT, Finding, line_of, reasons, run, unaccounted

RULES = "dev/audit/rules"
QUIET = ("--metrics", "off", "--disable-version-check")  # nothing is sent or asked
IGNORED = "ignored-permissions"


def found() -> list[Finding]:
	done = run("semgrep", "scan", "--config", RULES, *QUIET, "--json", "--quiet", "par_campaign")
	answer = json.loads(done.stdout)
	assert not answer["errors"], answer["errors"]
	assert len(answer["paths"]["scanned"]) > 300, "semgrep did not look through the app"
	return [finding(entry) for entry in answer["results"]]


def finding(entry: dict) -> Finding:
	path, first, last = entry["path"], entry["start"]["line"], entry["end"]["line"]
	code = "\n".join(line_of(path, number) for number in range(first, last + 1))
	rule = entry["check_id"].rpartition(".")[2]
	return Finding("semgrep", rule, path, first, code, entry["extra"]["message"])


def gives_its_reason(finding: Finding) -> bool:
	"""Whether a comment stands in the statement, or right above it."""
	above = line_of(finding.path, finding.line - 1).strip()
	return "#" in finding.code or above.startswith("#")


def test_rules_find_what_they_are_for():
	done = run("semgrep", "--test", "--config", RULES, *QUIET, "tests/audit/samples")
	assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_has_its_sample_and_a_name_of_its_own():
	"""Of two rules with one name semgrep applies now the one and now the other."""
	samples = "".join(path.read_text() for path in (ROOT / "tests/audit/samples").iterdir())
	rules = "".join(path.read_text() for path in (ROOT / RULES).iterdir())
	names = re.findall(r"^  - id: (.+)$", rules, re.MULTILINE)
	assert len(names) == len(set(names))
	assert [name for name in names if f"ruleid: {name}" not in samples] == []


def test_every_finding_has_a_reason():
	left = [f for f in found() if not (f.rule == IGNORED and gives_its_reason(f))]
	complaints = unaccounted(left, reasons("semgrep"))
	assert not complaints, "\n".join(complaints)
