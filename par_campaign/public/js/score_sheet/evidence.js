// The documents that show a row, as small buttons; a button opens the document's dialog.

import { el, icon } from "./format";
import { add_evidence, show_evidence } from "./evidence_dialog";

const SHOWN = 28; // characters of a title on a button

export function evidence_list(model, row) {
	if (row.rule === "External" || row.auto) return [];
	const items = model.evidence_of(row.code);
	const parts = items.map((item) => chip(model, item));
	if (model.may_claim) parts.push(add_button(model, row));
	const demand = demand_text(model, row, items.length);
	return demand ? [...parts, demand] : parts;
}

function chip(model, item) {
	const name = item.document_number || item.title;
	const short = name.length > SHOWN ? `${name.slice(0, SHOWN - 1)}…` : name;
	const state = __(item.status || "Pending");
	return el(
		"button",
		{
			type: "button",
			class: `btn btn-xs par-chip par-chip-${(item.status || "Pending").toLowerCase()}`,
			title: [item.title, item.issuer, state, item.status_reason].filter(Boolean).join(" · "),
			"aria-label": `${__("Evidence")}: ${item.title} (${state})`,
			"data-evidence": item.name,
			onclick: () => show_evidence(model, item),
		},
		icon(item.file ? "attachment" : "link-url"),
		el("span", {}, short),
		item.supplementary
			? el("span", { class: "par-supplementary", title: __("Supplementary") }, "+")
			: null
	);
}

function add_button(model, row) {
	return el(
		"button",
		{
			type: "button",
			class: "btn btn-xs btn-default par-add-evidence",
			"aria-label": `${row.code} ${__("Add Evidence")}`,
			onclick: () => add_evidence(model, row),
		},
		icon("add"),
		__("Evidence")
	);
}

function demand_text(model, row, count) {
	if (model.lacks_evidence(row.code)) {
		return el("span", { class: "par-demand par-demand-unmet" }, __("No evidence yet"));
	}
	if (row.demand === "None" || count) return null;
	return el("span", { class: "par-demand" }, __("Must show: {0}", [__(row.demand)]));
}
