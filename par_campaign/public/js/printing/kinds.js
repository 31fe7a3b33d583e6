// Which documents there are, as the server tells the user's desk, and how one is handed out.

const FORMAT_LABELS = { pdf: "PDF", docx: "Word", zip: "ZIP" };

// A kind the user may have; undefined where it is for others.
export function kind_of(key) {
	return (frappe.boot.par_documents || []).find((kind) => kind.key === key);
}

// The kinds offered in a place, in the order of its menu.
export function kinds_at(place) {
	return (frappe.boot.par_documents || []).filter((kind) => kind.places.includes(place));
}

// A refusal is said in a dialog of the desk, not on a page of its own.
async function open(kind, source, format) {
	await frappe.xcall("par_campaign.documents.check", { kind: kind.key, filters: source });
	const address = par_campaign.download_address(kind.key, source, format);
	if (window.open(address)) return;
	frappe.msgprint(
		`<a href="${frappe.utils.escape_html(address)}" target="_blank">${__("Open the document")}</a>`
	);
}

// One button for each format: PDF to sign, Word to edit.
export function dialog_of(kind, source, options, before = async () => true) {
	const [first, second] = kind.formats.filter((format) => FORMAT_LABELS[format]);
	const make = async (format) => {
		const values = dialog.get_values();
		if (!values || !(await before(values))) return;
		dialog.hide();
		await open(kind, { ...source, ...dialog.further?.(values) }, format);
	};
	const dialog = new frappe.ui.Dialog({
		...options,
		primary_action_label: FORMAT_LABELS[first],
		primary_action: () => make(first),
		secondary_action_label: FORMAT_LABELS[second],
		secondary_action: () => make(second),
	});
	dialog.show();
	return dialog;
}

// Filters a dialog asks for beside what the document says: one group of units has the same criteria.
export function further_fields(kind, source, labels = {}) {
	const known = {
		unit_group: { fieldtype: "Link", options: "PAR Unit Group", label: __("Group") },
	};
	return kind.further.map((fieldname) => ({
		fieldname,
		default: source[fieldname],
		...known[fieldname],
		...labels[fieldname],
	}));
}
