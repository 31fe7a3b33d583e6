frappe.ui.form.on("PAR Document", {
	refresh(frm) {
		if (frm.is_new()) return;
		par_campaign.add_own_document(frm);
	},
});
