// Frappe loads an open form anew a second after any save of its document, its own steps included, and
// takes the document away while it does: what is entered just then is lost. Here a form is loaded anew
// only when somebody else has saved it, and not under a person's hands.

const FORMS = [
	"PAR Campaign",
	"PAR Unit Scorecard",
	"PAR Award Proposal",
	"PAR Task",
	"PAR Criteria Set",
	"PAR External Result",
];
const AFTER = 1000; // milliseconds, as Frappe's own

async function reload_with_care(frm) {
	if (frappe.ui.form.is_saving || window.cur_dialog?.display) return frm.debounced_reload_doc(); // look again later
	const { name } = frm.doc;
	const { message } = await frappe.db.get_value(frm.doctype, name, "modified");
	if (frm.doc.name !== name || !message || message.modified === frm.doc.modified) return;
	if (!frm.is_dirty()) return frm.reload_doc();
	frm.doc.__needs_refresh = true;
	frm.show_conflict_message();
	frm.trigger("par_changed_meanwhile");
}

for (const doctype of FORMS) {
	frappe.ui.form.on(doctype, {
		setup(frm) {
			frm.debounced_reload_doc = frappe.utils.debounce(() => reload_with_care(frm), AFTER);
		},
	});
}
