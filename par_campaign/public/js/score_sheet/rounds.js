// The appraisal rounds side by side: what the unit claimed, what each round gave, and why.

import { el, index, datetime_text, points } from "./format";

const ROUNDS = "par_campaign.par_campaign.doctype.par_unit_scorecard.sheet.rounds";

export async function show_rounds(model) {
	const rounds = await frappe.xcall(ROUNDS, { scorecard: model.frm.doc.name });
	if (!rounds.length) {
		frappe.msgprint(__("No appraisal round has been closed yet."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Appraisal Rounds"),
		size: "extra-large",
		fields: [
			{
				fieldname: "changed_only",
				fieldtype: "Check",
				label: __("Only rows that changed"),
				default: 1,
				onchange: () => draw(),
			},
			{ fieldname: "table", fieldtype: "HTML" },
		],
	});
	const draw = () =>
		dialog.fields_dict.table.$wrapper
			.empty()
			.append(table(model, rounds, dialog.get_value("changed_only")));
	dialog.show();
	draw();
}

function table(model, rounds, changed_only) {
	const rows = model.leaves.filter((row) => !changed_only || changed(rounds, row.code));
	const heads = [__("No."), __("Criterion"), __("Maximum"), __("Self-scored")];
	rounds.forEach((round) => heads.push(__("Round {0}", [round.round]), __("Reason")));
	return el(
		"div",
		{ class: "par-rounds" },
		el(
			"table",
			{ class: "table table-bordered table-sm" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					heads.map((head) => el("th", { scope: "col" }, head))
				)
			),
			el(
				"tbody",
				{},
				index_row(rounds),
				rows.map((row) => round_row(row, rounds))
			)
		),
		rows.length ? null : el("p", { class: "text-muted" }, __("No row was changed.")),
		rounds.at(-1).since.map((sentence) => el("p", {}, sentence))
	);
}

function index_row(rounds) {
	const cells = rounds.flatMap((round) => [
		el("td", { class: "text-right" }, el("b", {}, index(round.index_score))),
		el("td", {}, `${round.closed_by}, ${datetime_text(round.closed_on)}`),
	]);
	return el(
		"tr",
		{},
		el("td", {}),
		el("th", { scope: "row" }, __("Index")),
		el("td", {}),
		el("td", { class: "text-right" }, el("b", {}, index(rounds[0].self_index))),
		cells
	);
}

function round_row(row, rounds) {
	const cells = rounds.flatMap((round, number) => {
		const score = round.scores[row.code] || {};
		const before = number ? rounds[number - 1].scores[row.code]?.score : score.self_score;
		const moved = score.score !== before ? "par-moved" : "";
		return [
			el("td", { class: `text-right ${moved}` }, points(score.score)),
			el("td", {}, score.note || "", signature(score)),
		];
	});
	return el(
		"tr",
		{},
		el("td", {}, row.code),
		el("td", {}, row.title),
		el("td", { class: "text-right" }, points(row.maximum)),
		el("td", { class: "text-right" }, points(rounds[0].scores[row.code]?.self_score)),
		cells
	);
}

// Who gave the score, and when: in a later round, also from an earlier one where it was left as it was.
function signature({ appraised_by, appraised_on }) {
	return appraised_by
		? el("div", { class: "par-note" }, `${appraised_by}, ${datetime_text(appraised_on)}`)
		: null;
}

function changed(rounds, code) {
	const scores = rounds.map((round) => round.scores[code]?.score);
	return scores.some((score) => score !== rounds[0].scores[code]?.self_score);
}
