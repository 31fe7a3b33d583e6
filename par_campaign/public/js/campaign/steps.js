// What is shown and asked before a step of the campaign is taken.

import { el, index, datetime_text } from "../score_sheet/format";
import { checklist } from "./checklist";

const SERVER = "par_campaign.par_campaign.doctype.par_campaign.desk";
const BEFORE = {
	Launch: launch,
	"Begin Appraisal": begin_appraisal,
	"Publish Results": publish,
	"Correct Results": correct,
	Close: close,
};

export function before_step(frm) {
	return BEFORE[frm.selected_workflow_action]?.(frm);
}

async function numbers(frm, method) {
	return frappe.xcall(`${SERVER}.${method}`, { campaign: frm.doc.name });
}

function refuse(frm, title, gaps) {
	const dialog = new frappe.ui.Dialog({
		title,
		size: "large",
		fields: [{ fieldname: "body", fieldtype: "HTML" }],
	});
	dialog.fields_dict.body.$wrapper.append(
		el("p", {}, __("Complete this first:")),
		checklist(gaps, frm, () => dialog.hide())
	);
	return par_campaign.stop_step(dialog);
}

function ask(title, primary_label, parts, fields) {
	const message = el("div", {}, parts.filter(Boolean));
	return par_campaign.ask_before_step({ title, primary_label, message, fields, size: "large" });
}

function table(heads, rows) {
	return el(
		"table",
		{ class: "table table-sm table-bordered" },
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
			rows.map((row) =>
				el(
					"tr",
					{},
					row.map((cell) => el("td", {}, cell))
				)
			)
		)
	);
}

function names(label, list) {
	if (!list.length) return null;
	return el("p", {}, el("b", {}, `${label} (${list.length}): `), list.join(", "));
}

// --- steps ---------------------------------------------------------------------------------------

async function launch(frm) {
	const { groups, missing, hints, deadline } = await numbers(frm, "before_launch");
	if (missing.length) return refuse(frm, __("Not Ready to Launch"), missing);
	const units = groups.reduce((sum, group) => sum + group.units, 0);
	return ask(__("Launch the Campaign"), __("Launch"), [
		el(
			"p",
			{},
			el(
				"b",
				{},
				__("{0} scorecards will be made, one for every active unit of {1} groups.", [
					units,
					groups.length,
				])
			)
		),
		table(
			[__("Group"), __("Units"), __("Criteria Set"), __("Scored Rows"), __("Maximum")],
			groups.map(({ unit_group, units: number, set }) => [
				unit_group,
				String(number),
				set_name(set),
				String(set.leaf_count),
				index(set.total_maximum),
			])
		),
		el("p", {}, __("Hand in by {0}.", [datetime_text(deadline)])),
		el(
			"p",
			{ class: "text-muted" },
			__("After this the criteria sets are locked: they change by a numbered revision only.")
		),
		hints.length
			? el(
					"details",
					{},
					el("summary", {}, __("Worth a look ({0})", [hints.length])),
					checklist(hints, frm, close_dialog)
				)
			: null,
	]);
}

function set_name({ title, version }) {
	return version > 1 ? __("{0}, version {1}", [title, version]) : title;
}

function close_dialog() {
	window.cur_dialog?.hide();
}

async function begin_appraisal(frm) {
	const { states } = await numbers(frm, "before_appraisal");
	const not_yet = (states.Draft || 0) + (states.Returned || 0);
	const all = Object.values(states).reduce((sum, number) => sum + number, 0);
	return ask(__("Begin Appraisal"), __("Begin Appraisal"), [
		el("p", {}, __("{0} of {1} scorecards are handed in.", [all - not_yet, all])),
		not_yet
			? el(
					"p",
					{ class: "text-warning" },
					__("{0} units have not handed in; they still can, as the campaign's dates allow.", [
						not_yet,
					])
				)
			: null,
	]);
}

async function publish(frm) {
	const found = await numbers(frm, "before_publishing");
	if (found.missing.length) return refuse(frm, __("Not Ready to Publish"), found.missing);
	const provisional = found.provisional.length;
	return ask(__("Publish Results"), __("Publish"), [
		el(
			"p",
			{},
			el(
				"span",
				{ class: `indicator-pill ${provisional ? "orange" : "green"}` },
				provisional ? __("Provisional") : __("Final")
			),
			" ",
			__("Version {0}: results of {1} units.", [found.version, found.units])
		),
		names(__("Survey or index values are still missing for"), found.provisional),
		names(__("Without a rank"), found.disqualified),
		found.version > 1
			? el("p", {}, el("b", {}, `${__("Reason for Correction")}: `), found.correction_reason)
			: null,
		found.version > 1 ? changes(found.moved) : null,
		el(
			"p",
			{ class: "text-muted" },
			__(
				"Scorecards, places and awards are fixed with a digest that anybody can check. A later correction becomes a new version beside this one."
			)
		),
	]);
}

function changes(moved) {
	if (!moved.length) return el("p", {}, __("No index and no place differs from the version before."));
	const arrow = ([before, now], show) => `${show(before)} → ${show(now)}`;
	return table(
		[__("Unit"), __("Index"), __("Rank")],
		moved.map((unit) => [
			unit.unit_name,
			arrow(unit.index, index),
			arrow(unit.rank, (rank) => rank ?? "–"),
		])
	);
}

async function correct(frm) {
	const values = await ask(
		__("Correct Results"),
		__("Take Back for Correction"),
		[
			el(
				"p",
				{},
				__(
					"Version {0} stays on record as it was published. The results can then be corrected and published as version {1}.",
					[frm.doc.published_version, frm.doc.published_version + 1]
				)
			),
		],
		[
			{
				fieldname: "correction_reason",
				fieldtype: "Small Text",
				label: __("Reason for Correction"),
				reqd: 1,
				description: __("Published with the new version."),
			},
		]
	);
	return par_campaign.save_before_step(frm, values);
}

async function close(frm) {
	const { undecided, awarded, without } = await numbers(frm, "before_closing");
	if (undecided.length) {
		const gaps = undecided.map(({ name, unit_name, workflow_state }) => ({
			text: __("The award proposal for {0} is undecided: {1}.", [
				frappe.utils.escape_html(unit_name).bold(),
				__(workflow_state),
			]),
			doctype: "PAR Award Proposal",
			name,
		}));
		return refuse(frm, __("Not Ready to Close"), gaps);
	}
	return ask(__("Close the Campaign"), __("Close", null, "PAR Campaign"), [
		el("p", {}, __("{0} units are awarded; {1} end without an award.", [awarded, without])),
		el(
			"p",
			{ class: "text-muted" },
			__("This ends the campaign: its results can no longer be corrected.")
		),
	]);
}
