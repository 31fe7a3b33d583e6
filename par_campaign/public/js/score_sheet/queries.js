// Questions of the appraisers on a row, the unit's answers, and the unit's requests for a review.

import { el, datetime_text } from "./format";

const API = "par_campaign.par_campaign.doctype.par_query.api";
export const REVIEW = "Review request";

export function query_list(model, row) {
	if (row.rule === "External" || row.auto) return [];
	const parts = model.queries_of(row.code).map((query) => block(model, query));
	if (model.may.ask && row.mine) {
		parts.push(button(`${row.code} ${__("Ask the Unit")}`, __("Ask the Unit"), () => ask(model, row)));
	}
	if (may_request_review(model, row)) {
		parts.push(
			button(`${row.code} ${__("Ask for a Review")}`, __("Ask for a Review"), () =>
				request_review(model, row)
			)
		);
	}
	return parts;
}

function may_request_review(model, row) {
	const asked = model.queries_of(row.code).some((query) => query.kind === REVIEW && query.state === "Open");
	return model.may.request_review && !asked;
}

function button(label, text, act) {
	return el(
		"button",
		{ type: "button", class: "btn btn-xs btn-default par-ask", "aria-label": label, onclick: act },
		text
	);
}

function block(model, query) {
	const facts = [
		__(query.kind),
		query.due && query.state === "Open" ? __("Answer by {0}", [datetime_text(query.due)]) : "",
	];
	facts.push(
		!query.sent_on && query.kind !== REVIEW
			? __("goes out with the return")
			: __(query.state, null, "PAR Query")
	);
	return el(
		"div",
		{ class: `par-query par-query-${query.state.toLowerCase()}`, "data-query": query.name },
		el("div", { class: "par-query-head" }, facts.filter(Boolean).join(" · ")),
		el("div", { class: "par-query-text" }, query.question),
		query.answer && el("div", { class: "par-query-text par-query-answer" }, query.answer),
		query.outcome && el("div", { class: "par-query-text par-query-outcome" }, query.outcome),
		actions(model, query)
	);
}

function actions(model, query) {
	const acts = [];
	if (model.may_claim && query.kind !== REVIEW && query.sent_on && query.state !== "Closed") {
		acts.push([query.answer ? __("Change Answer") : __("Answer"), () => answer(model, query)]);
	}
	if (model.may.decide && query.state !== "Closed" && (query.kind === REVIEW || query.answer)) {
		acts.push([__("Write Outcome"), () => decide(model, query)]);
	}
	const own_request = query.kind === REVIEW && query.state === "Open" && model.may.request_review;
	if ((model.may.ask && !query.sent_on && query.kind !== REVIEW) || own_request) {
		acts.push([__("Take Away"), () => take_away(model, query)]);
	}
	return el(
		"div",
		{ class: "par-query-actions" },
		acts.map(([text, act]) => button(`${query.code} ${text}`, text, act))
	);
}

function ask(model, row) {
	frappe.prompt(
		[
			{
				fieldname: "kind",
				fieldtype: "Select",
				label: __("Kind"),
				options: ["Explanation", "Supplement"].map((kind) => ({ value: kind, label: __(kind) })),
				default: "Explanation",
				reqd: 1,
			},
			{ fieldname: "question", fieldtype: "Small Text", label: __("Question"), reqd: 1 },
			{
				fieldname: "due",
				fieldtype: "Datetime",
				label: __("Answer by"),
				description: __("Empty: the date given with the return."),
				hide_timezone: 1,
			},
		],
		(values) => call(model, "ask", { scorecard: model.frm.doc.name, code: row.code, ...values }),
		`${row.code} ${__("Ask the Unit")}`,
		__("Put Down")
	);
}

function answer(model, query) {
	prompt_text(query, __("Answer"), query.answer, (text) =>
		call(model, "answer", { query: query.name, text })
	);
}

function decide(model, query) {
	prompt_text(query, __("Outcome"), query.outcome, (outcome) =>
		call(model, "decide", { query: query.name, outcome })
	);
}

function request_review(model, row) {
	const query = { code: row.code, question: row.title };
	prompt_text(query, __("Reason for the Review"), "", (reason) =>
		call(model, "request_review", { scorecard: model.frm.doc.name, code: row.code, reason })
	);
}

function prompt_text(query, label, value, act) {
	frappe.prompt(
		[
			{
				fieldname: "text",
				fieldtype: "Text",
				label,
				reqd: 1,
				default: value,
				description: frappe.utils.escape_html(query.question),
			},
		],
		({ text }) => act(text),
		`${query.code} ${label}`,
		__("Save")
	);
}

function take_away(model, query) {
	frappe.confirm(__("Take this away?"), () => call(model, "take_away", { query: query.name }));
}

async function call(model, method, args) {
	await frappe.xcall(`${API}.${method}`, args);
	await model.load();
	model.changed();
}
