// "Why?": how an index, a place and an award came about, in the server's own sentences, and from there down
// through areas and criteria to the rule, the numbers and the person behind a single row.

import { el } from "./score_sheet/format";

const SERVER = "par_campaign.results.explanation";

export async function show_why(scorecard, title) {
	const [found, rows] = await Promise.all([ask("why", { scorecard }), ask("rows", { scorecard })]);
	const areas = rows.filter((row) => !row.code.includes("."));
	open_dialog(
		title ? __("Why: {0}", [title]) : __("Why"),
		part(__("Awards"), found.awards),
		part(__("Rank"), found.rank),
		part(__("Index"), found.index),
		part_of(
			__("Where the points come from"),
			areas.map((row) => step(scorecard, row, rows))
		)
	);
}

export async function show_why_row(scorecard, code) {
	const [rows, sentences] = await Promise.all([
		ask("rows", { scorecard }),
		ask("why_row", { scorecard, code }),
	]);
	const [heading, ...rest] = sentences;
	open_dialog(
		__("Why: {0}", [heading]),
		list(rest),
		part_of(
			__("Where the points come from"),
			below(rows, code).map((row) => step(scorecard, row, rows))
		)
	);
}

function ask(method, args) {
	return frappe.xcall(`${SERVER}.${method}`, args);
}

function open_dialog(title, ...parts) {
	const fields = [{ fieldname: "body", fieldtype: "HTML" }];
	const dialog = new frappe.ui.Dialog({ title: frappe.utils.escape_html(title), size: "large", fields });
	dialog.fields_dict.body.$wrapper.empty().append(...parts);
	dialog.show();
}

// A row that opens on its own sentences and on the rows right below it, asked for when it is opened.
function step(scorecard, row, rows) {
	const body = el("div", { class: "par-step-body" });
	const head = el(
		"summary",
		{},
		el("span", { class: "par-step-code" }, row.code),
		el("span", { class: "par-step-title" }, row.title),
		el("span", { class: "par-step-stands" }, row.stands)
	);
	const details = el("details", { class: "par-step", "data-code": row.code }, head, body);
	const open = async () => {
		const [, ...sentences] = await ask("why_row", { scorecard, code: row.code }); // the first is the summary's
		body.replaceChildren(
			list(sentences),
			...below(rows, row.code).map((under) => step(scorecard, under, rows))
		);
	};
	details.addEventListener("toggle", open, { once: true });
	return details;
}

function below(rows, code) {
	const depth = code.split(".").length + 1;
	return rows.filter((row) => row.code.startsWith(`${code}.`) && row.code.split(".").length === depth);
}

function part(heading, sentences) {
	return sentences.length ? part_of(heading, [list(sentences)]) : "";
}

function part_of(heading, elements) {
	return elements.length ? el("section", { class: "par-why" }, el("h5", {}, heading), elements) : "";
}

function list(sentences) {
	return el(
		"ul",
		{ class: "par-why-list" },
		sentences.map((sentence) => el("li", {}, sentence))
	);
}
