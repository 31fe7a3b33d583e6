"""bandit finds nothing in the app and its tools that is not explained."""

import json

from findings import Finding, line_of, reasons, run, unaccounted


def found() -> list[Finding]:
	done = run("bandit", "-q", "-r", "par_campaign", "dev", "-f", "json")
	answer = json.loads(done.stdout)
	assert not answer["errors"], answer["errors"]
	return [
		Finding(
			"bandit",
			entry["test_id"],
			entry["filename"],
			entry["line_number"],
			line_of(entry["filename"], entry["line_number"]),
			entry["issue_text"],
		)
		for entry in answer["results"]
	]


def test_every_finding_has_a_reason():
	complaints = unaccounted(found(), reasons("bandit"))
	assert not complaints, "\n".join(complaints)
