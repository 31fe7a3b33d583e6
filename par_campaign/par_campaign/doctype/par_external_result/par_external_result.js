frappe.ui.form.on("PAR External Result", {
	setup(frm) {
		frm.set_query("campaign", () => ({
			filters: { workflow_state: ["in", par_campaign.states.UNDER_WAY] },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Save the head first; then type the values or bring them in from Excel."));
			return;
		}
		const draft = frm.doc.docstatus === 0;
		par_campaign.add_workbook_buttons(frm, "external", "external_result", draft && frm.perm[0].write);
		if (draft && (frm.doc.external_values || []).length) {
			frm.set_intro(
				__(
					"Submit it to enter the values into the scorecards. Only what depends on them is worked out anew."
				)
			);
		}
	},
});
