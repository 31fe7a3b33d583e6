// Points that say how they came about when they are clicked.

import { el } from "./format";

// `shown` holds the number. Where claims are typed it is no stop of the Tab key: there is one on every row.
export function why_link(model, code, shown, { stop = true } = {}) {
	return el(
		"button",
		{
			type: "button",
			class: "par-why-link",
			title: __("Why"),
			tabindex: stop ? null : "-1",
			onclick: () => ask(model.frm, code),
		},
		shown
	);
}

function ask(frm, code) {
	if (frm.is_dirty()) return frappe.msgprint(__("Save first: what is explained is what is saved."));
	return par_campaign.show_why_row(frm.doc.name, code);
}
