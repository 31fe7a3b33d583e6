frappe.ui.form.on("PAR Unit Scorecard", {
	async refresh(frm) {
		frm.toggle_display("rows_section", false);
		if (frm.is_new()) return;
		par_campaign.add_scorecard_documents(frm);
		await desk_of(frm);
		await frm.scorecard_desk.refresh();
	},

	par_changed_meanwhile(frm) {
		frm.scorecard_desk?.update();
	},

	async before_workflow_action(frm) {
		await desk_of(frm);
		await frm.scorecard_desk.before_step(frm.selected_workflow_action);
	},
});

async function desk_of(frm) {
	await frappe.require(["score_sheet.bundle.js", "score_sheet.bundle.css"]);
	return par_campaign.ScorecardDesk.of(frm);
}
