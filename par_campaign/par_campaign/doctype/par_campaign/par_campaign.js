frappe.ui.form.on("PAR Campaign", {
	setup(frm) {
		frm.set_query("criteria_set", "groups", (doc, cdt, cdn) => ({
			filters: { unit_group: locals[cdt][cdn].unit_group || undefined, year: doc.year },
		}));
		frm.set_query("unit_group", "award_quotas", (doc) => ({
			filters: { name: ["in", (doc.groups || []).map((row) => row.unit_group)] },
		}));
	},

	async refresh(frm) {
		frm.get_field("overview_html").$wrapper.empty();
		keep_groups(frm);
		if (frm.is_new()) return;
		add_report_buttons(frm);
		par_campaign.add_campaign_documents(frm);
		await load();
		par_campaign.campaign_form.show_versions(frm);
		par_campaign.campaign_form.offer_carry_over(frm);
		offer_work_out_again(frm);
		offer_missing_scorecards(frm, await par_campaign.campaign_form.show_overview(frm));
	},

	async before_workflow_action(frm) {
		await load();
		await par_campaign.campaign_form.before_step(frm);
	},
});

function load() {
	return frappe.require(["campaign.bundle.js", "forms.bundle.css"]);
}

// After the launch groups stay; rows themselves are closed by their "Read Only Depends On".
function keep_groups(frm) {
	const { grid } = frm.get_field("groups");
	grid.cannot_delete_rows = !frm.is_new() && frm.doc.workflow_state !== "Draft";
	grid.refresh();
}

function add_report_buttons(frm) {
	for (const report of ["PAR Rankings", "PAR Award Proposals"]) {
		frm.add_custom_button(
			__(report),
			() => frappe.set_route("query-report", report, { campaign: frm.doc.name }),
			__("Reports")
		);
	}
}

function offer_work_out_again(frm) {
	if (!is_under_way(frm) || !frm.perm[0].write) return;
	frm.page.add_menu_item(__("Work Out Again"), async () => {
		const { message: moved } = await frm.call("work_out_again");
		frappe.show_alert({
			message: moved
				? __("The numbers of {0} scorecards were put right.", [moved])
				: __("All stored numbers are what follows from the rows."),
			indicator: moved ? "orange" : "green",
		});
		frm.reload_doc();
	});
}

function is_under_way(frm) {
	return par_campaign.states.UNDER_WAY.includes(frm.doc.workflow_state);
}

function offer_missing_scorecards(frm, groups) {
	const missing = groups.flatMap((group) => group.missing);
	if (!missing.length || !is_under_way(frm) || !frm.perm[0].write) return;
	frm.add_custom_button(__("Make Missing Scorecards"), async () => {
		await frm.call("make_missing_scorecards");
		frm.reload_doc();
	}).addClass("btn-primary");
}
