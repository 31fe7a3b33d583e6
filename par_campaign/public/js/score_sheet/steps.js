// What is asked before a workflow step of a scorecard is taken.

import { el, index, datetime_text } from "./format";

const BEFORE = {
	"Hand In": hand_in,
	"Hand In Again": hand_in,
	"Return for Supplement": send_back,
	"Close Appraisal": close,
	Withdraw: (desk) =>
		agree(desk, __("Withdraw the scorecard to change it? Hand it in again before the deadline.")),
	"Reopen Appraisal": (desk) =>
		agree(desk, __("Reopen the appraisal for another round? The closed round stays on record.")),
};

export function before_step(action, desk) {
	return BEFORE[action]?.(desk);
}

function agree(desk, question) {
	return par_campaign.ask_before_step({ title: __(desk.frm.selected_workflow_action), message: question });
}

async function hand_in(desk) {
	await desk.model.load();
	desk.update();
	const { gaps } = desk.model.numbers;
	if (gaps.length) return refuse(desk, gaps);
	return par_campaign.ask_before_step({
		title: __(desk.frm.selected_workflow_action),
		message: hand_in_summary(desk),
		primary_label: __("Hand In"),
	});
}

// The dialog leads to the rows; the step is not taken.
function refuse(desk, gaps) {
	const dialog = new frappe.ui.Dialog({
		title: __("Not Ready to Hand In"),
		fields: [{ fieldname: "body", fieldtype: "HTML" }],
	});
	const links = gaps.map((gap) => {
		const link = desk.head.gap_link(gap);
		link.addEventListener("click", () => dialog.hide());
		return el("li", {}, link);
	});
	dialog.fields_dict.body.$wrapper.append(
		el("p", {}, __("Complete these rows first:")),
		el("ul", {}, links)
	);
	return par_campaign.stop_step(dialog);
}

function hand_in_summary({ model, frm }) {
	const { numbers, time } = model;
	const { done, all } = model.progress();
	const lines = [
		__("{0} of {1} rows filled", [done, all]),
		__("Self-scored index: {0}", [index(numbers.self_index)]),
	];
	if (frm.doc.workflow_state === "Returned") lines.push(__("{0} rows answered", [model.answered().size]));
	const warnings = [];
	if (numbers.missing_evidence.length) {
		warnings.push(
			__("Without the evidence they demand, counting only what the appraisers grant: {0}", [
				numbers.missing_evidence.join(", "),
			])
		);
	}
	if (frm.doc.workflow_state === "Draft" && time.late_days)
		warnings.push(__("This is {0} days late.", [time.late_days]));
	return el(
		"div",
		{},
		el(
			"ul",
			{},
			lines.map((line) => el("li", {}, line))
		),
		warnings.map((text) => el("p", { class: "text-danger" }, text)),
		el(
			"p",
			{},
			__(
				"After this the claims and explanations can no longer be changed, unless the scorecard is returned."
			)
		)
	);
}

// Questions put down on rows go out with the return; then no note is needed beside them.
async function send_back(desk) {
	const { frm, model } = desk;
	const unsent = model.queries.filter((query) => query.state === "Open" && !query.sent_on).length;
	const values = await par_campaign.ask_before_step({
		title: __("Return for Supplement"),
		primary_label: __("Return"),
		message: unsent ? el("p", {}, __("{0} questions on rows go out with it.", [unsent])) : null,
		fields: [
			{
				fieldname: "return_note",
				fieldtype: "Text",
				label: __("What Is Asked"),
				reqd: unsent ? 0 : 1,
				description: __("Which rows need explanation or supplement, and what. The unit reads this."),
				default: rejected_rows(model),
			},
			{
				fieldname: "return_due",
				fieldtype: "Datetime",
				label: __("Answer by"),
				default: to_come(model.time),
				hide_timezone: 1,
			},
		],
	});
	return par_campaign.save_before_step(frm, values);
}

function to_come({ now, supplement_deadline: date }) {
	return date && moment(date).isAfter(now) ? date : undefined;
}

// A beginning to write from: the rows whose documents were not accepted.
function rejected_rows(model) {
	return model.evidence
		.filter((item) => item.status === "Rejected")
		.map((item) => `${item.codes.join(", ")}: ${item.title} – ${item.status_reason || ""}`)
		.join("\n");
}

function close({ model, frm }) {
	const { numbers } = model;
	const changed = model.leaves.filter((row) => model.differs(row.code)).length;
	const message = el(
		"div",
		{},
		el(
			"ul",
			{},
			el("li", {}, __("Self-scored index: {0}", [index(numbers.self_index)])),
			el(
				"li",
				{},
				__("Appraised index: {0}", [index(numbers.index)]),
				numbers.band ? ` (${numbers.band})` : ""
			),
			el("li", {}, __("{0} rows differ from the claim", [changed]))
		),
		numbers.missing_external.length
			? el(
					"p",
					{ class: "text-warning" },
					__("Survey values are still missing for rows {0}.", [numbers.missing_external.join(", ")])
				)
			: null,
		frm.doc.return_due && frm.doc.return_note
			? el("p", { class: "text-muted" }, __("Answer by {0}", [datetime_text(frm.doc.return_due)]))
			: null
	);
	return par_campaign.ask_before_step({
		title: __("Close Appraisal"),
		message,
		primary_label: __("Close Appraisal"),
	});
}
