frappe.ui.form.on("PAR Campaign", {
	setup(frm) {
		frm.set_query("criteria_set", "groups", (doc, cdt, cdn) => ({
			filters: { unit_group: locals[cdt][cdn].unit_group || undefined, year: doc.year },
		}));
		frm.set_query("unit_group", "award_quotas", (doc) => ({
			filters: { name: ["in", (doc.groups || []).map((row) => row.unit_group)] },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.get_field("overview_html").$wrapper.empty();
			return;
		}
		show_coverage(frm);
		for (const report of ["PAR Rankings", "PAR Award Proposals"]) {
			frm.add_custom_button(
				__(report),
				() => frappe.set_route("query-report", report, { campaign: frm.doc.name }),
				__("Reports")
			);
		}
	},
});

async function show_coverage(frm) {
	const groups = (await frm.call("coverage")).message || [];
	const missing = groups.flatMap((group) => group.missing);
	frm.get_field("overview_html").$wrapper.html(frappe.render_template("campaign_overview", { groups, frm }));
	if (!missing.length) return;
	frm.dashboard.add_comment(
		__("{0} units have no scorecard yet: {1}", [missing.length, missing.slice(0, 10).join(", ")]),
		"yellow",
		true
	);
	const open = ["Launched", "Appraising"].includes(frm.doc.workflow_state);
	if (open && frm.perm[0].write) {
		frm.add_custom_button(__("Make Missing Scorecards"), async () => {
			await frm.call("make_missing_scorecards");
			frm.reload_doc();
		});
	}
}
