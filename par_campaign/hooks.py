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

# Every list is narrowed and every document checked by the same module: see access.py
permission_query_conditions = {
	"PAR Campaign": "par_campaign.access.campaign_condition",
	"PAR Unit Scorecard": "par_campaign.access.unit_condition",
	"PAR Evidence Item": "par_campaign.access.unit_condition",
	"PAR Appraisal": "par_campaign.access.appraisal_condition",
	"PAR Award Proposal": "par_campaign.access.proposal_condition",
	"PAR External Result": "par_campaign.access.external_condition",
	"PAR Document": "par_campaign.access.unit_condition",
	"PAR Query": "par_campaign.access.query_condition",
	"PAR Task": "par_campaign.access.task_condition",
}
has_permission = {
	"PAR Campaign": "par_campaign.access.has_campaign_permission",
	"PAR Unit Scorecard": "par_campaign.access.has_unit_permission",
	"PAR Evidence Item": "par_campaign.access.has_unit_permission",
	"PAR Appraisal": "par_campaign.access.has_appraisal_permission",
	"PAR Award Proposal": "par_campaign.access.has_proposal_permission",
	"PAR External Result": "par_campaign.access.has_external_permission",
	"PAR Document": "par_campaign.access.has_unit_permission",
	"PAR Query": "par_campaign.access.has_query_permission",
	"PAR Task": "par_campaign.access.has_task_permission",
}

# Reminders, and the close of hand-in at each unit's own deadline: see notices/schedule.py; the units'
# own plans: notices/tasks.py
scheduler_events = {
	"cron": {"*/15 * * * *": ["par_campaign.notices.schedule.run", "par_campaign.notices.tasks.run"]}
}
