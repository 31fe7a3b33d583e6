frappe.ui.form.on("PAR Document", {
	refresh(frm) {
		show_fields(frm);
		if (!frm.is_new()) par_campaign.add_own_document(frm);
	},

	kind: show_fields,
});

const ALWAYS = ["campaign", "kind", "unit"];
const OF_FILES = ["status", "file", "made_by", "made_on"];

// Only what the kind of document asks is shown; a section without any is hidden by Frappe itself.
function show_fields(frm) {
	const kind = (frappe.boot.par_documents || []).find(({ label }) => label === frm.doc.kind);
	const shown = new Set([...ALWAYS, ...(kind?.fields || [])]);
	if (kind?.in_background) OF_FILES.forEach((fieldname) => shown.add(fieldname));
	for (const { fieldname, fieldtype } of frm.meta.fields) {
		if (!frappe.model.no_value_type.includes(fieldtype) && fieldname !== "error") {
			frm.toggle_display(fieldname, shown.has(fieldname));
		}
	}
	frm.layout.refresh_sections();
}
