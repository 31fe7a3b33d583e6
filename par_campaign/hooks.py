app_name = "par_campaign"
app_title = "PAR Campaign"
app_publisher = "PAR Campaign developers"
app_description = "A province's yearly emulation campaign on public administration reform"
app_email = "par-campaign@example.com"
app_license = "mit"

app_include_js = "par_campaign.bundle.js"

# The desk's rules, in order of a site's life
after_install = "par_campaign.setup.install.after_install"
after_sync = "par_campaign.setup.install.after_sync"
after_migrate = "par_campaign.setup.install.after_migrate"
before_uninstall = "par_campaign.setup.uninstall.before_uninstall"

# Requests of users with roles of this app alone are allowed by name: see permissions/gate/
auth_hooks = ["par_campaign.permissions.gate.door.check"]

# Every list is narrowed and every document checked by the same module: see permissions/rules.py; what Frappe leaves
# open beside it: see permissions/. `*` stands for every doctype of the site: rows of our tables, records about our
# documents, questions about closed fields
permission_query_conditions = {
	"*": "par_campaign.permissions.lists.condition",
	"PAR Campaign": "par_campaign.permissions.rules.campaign_condition",
	"PAR Unit": "par_campaign.permissions.rules.unit_itself_condition",
	"PAR Unit Scorecard": "par_campaign.permissions.rules.unit_condition",
	"PAR Evidence Item": "par_campaign.permissions.rules.unit_condition",
	"PAR Appraisal": "par_campaign.permissions.rules.appraisal_condition",
	"PAR Award Proposal": "par_campaign.permissions.rules.proposal_condition",
	"PAR External Result": "par_campaign.permissions.rules.external_condition",
	"PAR Document": "par_campaign.permissions.rules.unit_condition",
	"PAR Query": "par_campaign.permissions.rules.query_condition",
	"PAR Task": "par_campaign.permissions.rules.task_condition",
	"File": "par_campaign.permissions.files.rights.condition",
	"User": "par_campaign.permissions.people.condition",
}
has_permission = {
	"*": "par_campaign.permissions.records.has_permission",
	"PAR Campaign": "par_campaign.permissions.rules.has_campaign_permission",
	"PAR Unit": "par_campaign.permissions.rules.has_unit_itself_permission",
	"PAR Unit Scorecard": "par_campaign.permissions.rules.has_unit_permission",
	"PAR Evidence Item": "par_campaign.permissions.rules.has_evidence_permission",
	"PAR Appraisal": "par_campaign.permissions.rules.has_appraisal_permission",
	"PAR Award Proposal": "par_campaign.permissions.rules.has_proposal_permission",
	"PAR External Result": "par_campaign.permissions.rules.has_external_permission",
	"PAR Document": "par_campaign.permissions.rules.has_unit_permission",
	"PAR Query": "par_campaign.permissions.rules.has_query_permission",
	"PAR Task": "par_campaign.permissions.rules.has_task_permission",
	"File": "par_campaign.permissions.files.rights.has_permission",
	"Notification Log": "par_campaign.permissions.records.has_notice_permission",
	"Prepared Report": "par_campaign.permissions.reports.has_permission",
	"User": "par_campaign.permissions.people.has_permission",
}
_INSTEAD = "par_campaign.permissions.endpoints."
_EXPORTS = "par_campaign.permissions.exports."
_MARKS = "par_campaign.permissions.marks."
override_whitelisted_methods = {
	"frappe.client.get_count": _INSTEAD + "get_count",
	"frappe.core.doctype.data_export.exporter.export_data": _EXPORTS + "export_data",
	"frappe.core.doctype.data_import.data_import.download_template": _EXPORTS + "download_template",
	"frappe.desk.query_report.export_query": _EXPORTS + "export_report",
	"frappe.desk.reportview.export_query": _EXPORTS + "export_list",
	"frappe.desk.form.linked_with.get_submitted_linked_docs": _INSTEAD + "get_submitted_linked_docs",
	"frappe.desk.doctype.tag.tag.add_tag": _MARKS + "add_tag",
	"frappe.desk.doctype.tag.tag.add_tags": _MARKS + "add_tags",
	"frappe.desk.doctype.tag.tag.remove_tag": _MARKS + "remove_tag",
	"frappe.desk.like.toggle_like": _MARKS + "toggle_like",
	"frappe.desk.listview.get_group_by_count": _INSTEAD + "get_group_by_count",
	"frappe.desk.notifications.get_open_count": _INSTEAD + "get_open_count",
	"frappe.desk.search.get_names_for_mentions": _INSTEAD + "get_names_for_mentions",
	"frappe.desk.search.search_link": _INSTEAD + "search_link",
	"frappe.desk.search.search_widget": _INSTEAD + "search_widget",
	"frappe.workflow.doctype.workflow.workflow.get_workflow_state_count": _INSTEAD
	+ "get_workflow_state_count",
	"frappe.core.api.file.zip_files": "par_campaign.permissions.files.serve.zip_files",
	"frappe.core.doctype.file.file.zip_files": "par_campaign.permissions.files.serve.zip_files",
	"frappe.handler.download_file": "par_campaign.permissions.files.serve.download_file",
	"download_file": "par_campaign.permissions.files.serve.download_file",
	"frappe.core.doctype.file.file.download_file": "par_campaign.permissions.files.serve.download_file",
	"frappe.utils.file_manager.download_file": "par_campaign.permissions.files.serve.download_file",
	"frappe.utils.print_format.download_pdf": "par_campaign.documents.forms.download_pdf",
}
# a refusal by doc_events would come after the bytes are gone
override_doctype_class = {"File": "par_campaign.permissions.files.kept_file.KeptFile"}
doc_events = {
	"*": {
		"before_validate": "par_campaign.permissions.imports.refuse_imported",
		"validate": [
			"par_campaign.permissions.files.attach.take_attachments",
			"par_campaign.permissions.files.attach.refuse_foreign_attachments",
		],
		"after_delete": "par_campaign.audit.removals.keep_history",
	},
	"Comment": {
		"validate": ["par_campaign.permissions.remarks.sign", "par_campaign.permissions.traces.keep_comment"],
		"on_trash": "par_campaign.permissions.traces.keep_comment_on_trash",
	},
	"Version": {
		"validate": "par_campaign.permissions.traces.keep_version",
		"on_trash": "par_campaign.permissions.traces.keep_version_on_trash",
	},
	"Deleted Document": {
		"validate": "par_campaign.permissions.traces.keep_deleted",
		"on_trash": "par_campaign.permissions.traces.keep_deleted",
	},
	"File": {
		"validate": "par_campaign.permissions.files.attach.require_our_class",
	},
	"Data Import": {"validate": "par_campaign.permissions.imports.refuse_import"},
	"ToDo": {"validate": "par_campaign.permissions.remarks.clean"},
	"User": {"validate": "par_campaign.permissions.remarks.require_plain_name"},
	"Document Follow": {"validate": "par_campaign.permissions.records.may_follow"},
	"Prepared Report": {"before_insert": "par_campaign.permissions.reports.refuse_stored"},
}

# Before any of Frappe's functions is called: where an override of ours is another app's by now, or Frappe is not the
# one it was written for
before_request = ["par_campaign.permissions.doors.keep_shut"]
# a finding about a document must not keep it from being deleted
ignore_links_on_delete = ["PAR File Finding"]

extend_bootinfo = [
	"par_campaign.permissions.files.kinds.tell_browser",
	"par_campaign.documents.tell_browser",
]

# What browsers are told about pages and documents
after_request = [
	"par_campaign.permissions.response_headers.add",
	"par_campaign.permissions.files.serve.harden",  # last: what it says of a file holds
]

# What the print formats show: the same documents as the menu "Print" hands out
jinja = {
	"methods": [
		"par_campaign.documents.forms.par_score_sheet",
		"par_campaign.documents.forms.par_award_proposal",
	]
}

# Reminders, and the close of hand-in at each unit's own deadline: see notices/schedule.py; the units'
# own plans: notices/tasks.py
scheduler_events = {
	"cron": {"*/15 * * * *": ["par_campaign.notices.schedule.run", "par_campaign.notices.tasks.run"]},
	"hourly": ["par_campaign.permissions.reports.keep_live"],
	"daily_long": ["par_campaign.audit.stored_files.run", "par_campaign.audit.stored_numbers.run"],
}
