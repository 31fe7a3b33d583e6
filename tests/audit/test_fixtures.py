"""What Frappe brings in by fixtures is what the shipped workflows name."""

import json

from findings import ROOT

APP = ROOT / "par_campaign"


def test_the_buttons_of_all_workflows_are_fixtures():
	named = {
		row["action"]
		for path in (APP / "par_campaign" / "workflow").glob("*.json")
		for row in json.loads(path.read_text(encoding="utf-8"))["transitions"]
	}
	fixtures = json.loads((APP / "fixtures" / "workflow_action_master.json").read_text(encoding="utf-8"))
	assert named == {row["name"] for row in fixtures} == {row["workflow_action_name"] for row in fixtures}
