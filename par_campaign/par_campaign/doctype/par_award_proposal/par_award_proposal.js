frappe.ui.form.on("PAR Award Proposal", {
	setup(frm) {
		frm.set_query("scorecard", (doc) => ({
			filters: { campaign: doc.campaign, workflow_state: "Appraised" },
		}));
	},

	refresh(frm) {
		if (frm.doc.workflow_state === "Council" && frm.perm[0].write) {
			frm.add_custom_button(__("Fill in Council"), async () => {
				await frm.call("fill_council");
				frm.refresh();
			});
		}
		if (frm.doc.selection === "Tied at cut-off") {
			frm.dashboard.add_comment(
				__("Tied at the cut-off: the council decides, and says why, which of the tied units is proposed."),
				"orange",
				true
			);
		}
	},
});
