frappe.ui.form.on("PAR Award Proposal", {
	setup(frm) {
		frm.set_query("scorecard", (doc) => ({
			filters: { campaign: doc.campaign, workflow_state: "Appraised" },
		}));
	},

	async refresh(frm) {
		if (frm.is_new()) return;
		par_campaign.add_proposal_documents(frm);
		await load();
		await par_campaign.award_proposal.show_panel(frm);
	},

	async before_workflow_action(frm) {
		await load();
		await par_campaign.award_proposal.before_step(frm);
	},
});

function load() {
	return frappe.require(["award_proposal.bundle.js", "forms.bundle.css"]);
}
