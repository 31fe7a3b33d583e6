// What is missing, each with a way to where it is mended.

import { el } from "../score_sheet/format";

// Sentences come from the server with their names already escaped and set in bold.
export function checklist(gaps, frm, done = () => {}) {
	return el(
		"ul",
		{ class: "par-checklist" },
		gaps.map((gap) => el("li", {}, sentence(gap), " ", way(gap, frm, done)))
	);
}

function sentence({ text }) {
	const span = el("span", {});
	span.innerHTML = frappe.dom.remove_script_and_style(text);
	return span;
}

function way(gap, frm, done) {
	const go = () => {
		done();
		if (gap.field) frm.scroll_to_field(gap.field);
		else frappe.set_route("Form", gap.doctype, gap.name);
	};
	return el(
		"button",
		{ type: "button", class: "btn btn-link btn-xs par-go", onclick: go },
		__("Open", null, "PAR Campaign")
	);
}
