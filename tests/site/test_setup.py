"""Install, migrate and what administrators change in between."""

import json

import frappe
import pytest
import site_factories as f

from par_campaign.permissions import reports
from par_campaign.permissions.roles import ROLES
from par_campaign.setup import install, uninstall, workflows

WORKFLOWS = ("PAR Campaign", "PAR Unit Scorecard", "PAR Award Proposal")


@pytest.fixture
def workflow(base, par_clean_slate):
	return frappe.get_doc("Workflow", "PAR Unit Scorecard")


def test_roles_states_actions_and_workflows_are_there(base):
	assert all(frappe.db.exists("Role", role) for role in ROLES)
	for name in WORKFLOWS:
		doc = frappe.get_doc("Workflow", name)
		assert doc.is_active
		for row in doc.states:
			assert frappe.db.exists("Workflow State", row.state)
		for row in doc.transitions:
			assert frappe.db.exists("Workflow Action Master", row.action)


def test_migrate_leaves_an_untouched_workflow_as_shipped(workflow):
	before = workflows.fingerprint(workflow)
	install.after_migrate()
	assert workflows.fingerprint(workflow.reload()) == before


def test_migrate_keeps_an_administrators_edit(workflow):
	workflow.transitions[0].allowed = "PAR Campaign Manager"
	workflow.save()
	install.after_migrate()
	assert workflow.reload().transitions[0].allowed == "PAR Campaign Manager"


def test_migrate_updates_a_workflow_nobody_edited(workflow):
	# as if an older version of the app had written it without its last transition
	workflow.transitions.pop()
	workflow.save()
	workflows._remember(workflow.name, workflows.fingerprint(workflow))
	shipped = json.loads((workflows.DEFINITIONS / "par_unit_scorecard.json").read_text(encoding="utf-8"))
	install.after_migrate()
	assert len(workflow.reload().transitions) == len(shipped["transitions"])


def test_migrate_keeps_a_workflow_switched_off(workflow):
	workflow.is_active = 0
	workflow.save()
	install.after_migrate()
	assert not workflow.reload().is_active


def test_migrate_keeps_a_states_style(base):
	frappe.db.set_value("Workflow State", "Under Appraisal", "style", "Inverse")
	install.after_migrate()
	assert frappe.db.get_value("Workflow State", "Under Appraisal", "style") == "Inverse"


def test_migrate_keeps_award_levels(base):
	names = frappe.get_all("PAR Award Level", pluck="name", order_by="name")
	frappe.db.set_value("PAR Award Level", names[0], "vote_threshold", 99)
	install.after_install()
	assert frappe.get_all("PAR Award Level", pluck="name", order_by="name") == names
	assert frappe.db.get_value("PAR Award Level", names[0], "vote_threshold") == 99


def test_uninstall_takes_roles_workflows_and_states_with_it(base):
	assert frappe.get_all("Scheduled Job Type", {"method": ("like", "par_campaign.%")}, order_by="name")
	uninstall.before_uninstall()
	assert not frappe.get_all("Role", {"name": ("in", ROLES)}, order_by="name")
	assert not frappe.get_all("Workflow", {"name": ("in", WORKFLOWS)}, order_by="name")
	assert not frappe.db.exists("Workflow State", "Under Appraisal")
	assert not frappe.get_all("User Permission", {"allow": "PAR Unit"}, order_by="name")
	assert frappe.db.exists("Workflow State", "Rejected")  # Frappe's own
	assert not frappe.db.exists("Module Profile", install.MODULE_PROFILE)
	assert not frappe.get_all("Scheduled Job Type", {"method": ("like", "par_campaign.%")}, order_by="name")
	assert frappe.db.count("Scheduled Job Type")  # Frappe's own


def test_uninstall_gives_users_of_the_module_profile_their_desk_back(base):
	frappe.get_doc("User", f.STAFF_A).update({"module_profile": install.MODULE_PROFILE}).save()
	assert frappe.db.count("Block Module", {"parent": f.STAFF_A})
	uninstall.before_uninstall()
	assert not frappe.db.count("Block Module", {"parent": f.STAFF_A})
	assert not frappe.db.get_value("User", f.STAFF_A, "module_profile")


def test_module_profile_leaves_only_this_app(base):
	blocked = {row.module for row in frappe.get_doc("Module Profile", install.MODULE_PROFILE).block_modules}
	assert "Website" in blocked and "PAR Campaign" not in blocked


def test_no_workspace_takes_the_route_of_a_doctype(base):
	"""/app/par-campaign would open a workspace named like the doctype instead of the list."""
	ours = frappe.get_all("Workspace", {"module": "PAR Campaign"}, pluck="name", order_by="name")
	assert ours and not frappe.get_all("DocType", {"name": ("in", ours)}, order_by="name")


def test_every_shipped_transition_is_checked_by_the_controller():
	from par_campaign.par_campaign.doctype.par_unit_scorecard.transitions import STEPS

	shipped = json.loads((workflows.DEFINITIONS / "par_unit_scorecard.json").read_text(encoding="utf-8"))
	assert {(row["state"], row["next_state"]) for row in shipped["transitions"]} == set(STEPS)


def test_uninstall_leaves_no_records_of_documents_that_are_gone(base):
	"""They would hang on the next documents of the same names."""
	frappe.get_doc("PAR Unit", "TA").add_comment("Comment", "Left behind?")
	frappe.get_doc(
		doctype="Custom DocPerm", parent="PAR Unit", role="PAR Auditor", permlevel=0, export=1
	).insert()
	uninstall.before_uninstall()
	for doctype, field in uninstall.RECORDS.items():
		left = frappe.get_all(doctype, {field: ("like", "PAR %")}, pluck="name", order_by="name")
		assert not left, doctype
	assert not frappe.db.count("Workflow Action Permitted Role", {"role": ("like", "PAR %")})


def test_migrate_takes_back_a_report_that_was_turned_into_a_stored_one(base):
	frappe.db.set_value("Report", "PAR Rankings", "prepared_report", 1)
	frappe.db.set_value("Report", "Permitted Documents For User", "prepared_report", 1)
	reports.keep_live()
	assert not frappe.db.get_value("Report", "PAR Rankings", "prepared_report")
	assert frappe.db.get_value("Report", "Permitted Documents For User", "prepared_report")  # not ours
