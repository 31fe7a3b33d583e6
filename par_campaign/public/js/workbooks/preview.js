// What the server understood of a workbook: faults with their cells, open questions, and the rows.

import { el } from "../score_sheet/format";

const SHOWN = 300; // rows; more make the dialog slow and nobody reads them

export function preview_view(found, words, decided, answer) {
	return el(
		"div",
		{ class: "par-preview" },
		notes(
			found.faults,
			"par-faults",
			__("{0} faults. Nothing is written until they are mended in the workbook.", [found.faults.length])
		),
		questions(found.questions || [], decided, answer),
		notes(found.remarks, "par-remarks", __("Please note")),
		summary(found, words),
		found.rows.length ? rows(found) : null
	);
}

function notes(list, class_name, heading) {
	if (!list.length) return null;
	return el(
		"div",
		{ class: `par-notes ${class_name}`, role: class_name === "par-faults" ? "alert" : null },
		el("b", {}, heading),
		el(
			"ul",
			{},
			list.map(({ cell, message }) =>
				el("li", {}, cell ? el("code", {}, cell) : null, cell ? " " : null, message)
			)
		)
	);
}

function summary(found, words) {
	const { length } = found.rows;
	if (length)
		return el(
			"p",
			{ class: "par-found" },
			[words.count_label(length), found.summary].filter(Boolean).join(". ")
		);
	return found.faults.length || found.questions?.length
		? null
		: el("p", { class: "par-found" }, words.nothing());
}

function rows({ columns, rows: all, faults }) {
	const shown = all.slice(0, SHOWN);
	const where = columns.indexOf(__("Cell"));
	const faulty = new Set(faults.map(({ cell }) => row_number(cell)).filter(Boolean));
	const line = (row) =>
		el(
			"tr",
			{ class: faulty.has(row_number(row[where])) ? "par-faulty" : null },
			row.map((cell, at) => el("td", { class: at === where ? "par-narrow" : null }, cell ?? ""))
		);
	return el(
		"div",
		{ class: "par-preview-rows" },
		el(
			"table",
			{ class: "table table-sm table-bordered" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					columns.map((column) => el("th", { scope: "col" }, column))
				)
			),
			el("tbody", {}, shown.map(line))
		),
		all.length > SHOWN ? el("p", { class: "text-muted" }, __("And {0} more", [all.length - SHOWN])) : null
	);
}

// "Phiếu!C12" stands in row 12; a fault of the whole sheet in none.
function row_number(cell) {
	return Number(/(\d+)$/.exec(cell)?.[1] ?? NaN);
}

// --- questions: to which of two touching bands a value belongs, what a row is, which sheet is meant ---

function questions(list, decided, answer) {
	const open = list.length;
	if (!open && !Object.keys(decided).length) return null;
	return el(
		"div",
		{ class: "par-notes par-questions" },
		el(
			"b",
			{},
			open
				? __("{0} questions are open. The decision can be read in more than one way.", [open])
				: __("All questions are answered.")
		),
		Object.keys(decided).length
			? el(
					"button",
					{ type: "button", class: "btn btn-link btn-xs", onclick: () => answer(null) },
					__("Ask Again")
				)
			: null,
		list.map((question) => question_view(question, answer))
	);
}

function question_view({ key, text, choices, values }, answer) {
	return el(
		"div",
		{ class: "par-question", "data-key": key },
		el("span", {}, text),
		values.map((value, at) =>
			el(
				"button",
				{
					type: "button",
					class: "btn btn-default btn-xs",
					"data-choice": value,
					onclick: () => answer(key, value),
				},
				choices[at]
			)
		)
	);
}
