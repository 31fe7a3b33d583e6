frappe.ui.form.on("PAR Criteria Set", {
	refresh(frm) {
		if (frm.is_new()) {
			frm.set_intro(__("Save the head first; then type the criteria or bring them in from Excel."));
			return;
		}
		const locked = Boolean(frm.doc.locked);
		par_campaign.add_workbook_buttons(frm, "criteria", "criteria_set", frm.perm[0].write && !locked);
		if (!locked) return;
		frm.set_intro(
			__(
				"In use by a launched campaign: to change it, make a revision, which is a set of its own with the next version number."
			)
		);
		if (frm.perm[0].create) frm.add_custom_button(__("Make Revision"), () => make_revision(frm));
	},
});

function make_revision(frm) {
	const fields = [
		{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason for Revision"), reqd: 1 },
	];
	const make = async (values) => {
		const { message: name } = await frm.call({
			method: "make_revision",
			doc: frm.doc,
			args: values,
			freeze: true,
		});
		frappe.set_route("Form", frm.doctype, name);
	};
	frappe.prompt(fields, make, __("Make Revision"), __("Make Revision"));
}
