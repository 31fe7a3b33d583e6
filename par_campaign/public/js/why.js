// "Why?": how an index, a place and an award came about, in the server's own sentences.

import { el } from "./score_sheet/format";

export async function show_why(scorecard, title) {
	const found = await frappe.xcall("par_campaign.explained.why", { scorecard });
	const dialog = new frappe.ui.Dialog({
		title: title ? __("Why: {0}", [title]) : __("Why"),
		size: "large",
		fields: [{ fieldname: "body", fieldtype: "HTML" }],
	});
	dialog.fields_dict.body.$wrapper
		.empty()
		.append(part(__("Awards"), found.awards), part(__("Rank"), found.rank), part(__("Index"), found.index));
	dialog.show();
}

function part(heading, sentences) {
	if (!sentences.length) return "";
	return el(
		"section",
		{ class: "par-why" },
		el("h5", {}, heading),
		el("ul", {}, sentences.map((sentence) => el("li", {}, sentence)))
	);
}
