// What is asked before a workflow step of a proposal is taken.

import { el, index } from "../score_sheet/format";
import { count_view } from "./count";

const SERVER = "par_campaign.par_campaign.doctype.par_award_proposal.desk";

const BEFORE = {
	"Submit to Chairman": submit,
	Award: award,
	Reject: (frm) => ask_reason(frm, "rejection_reason", __("Reason for Rejection"), __("Reject"), "Save"),
	"Revoke Award": (frm) =>
		ask_reason(frm, "revocation_reason", __("Reason for Revocation"), __("Revoke Award"), "Update"),
};

export function before_step(frm) {
	return BEFORE[frm.selected_workflow_action]?.(frm);
}

function facts(frm) {
	const { doc } = frm;
	return el(
		"p",
		{},
		el("b", {}, doc.unit_name),
		` – ${doc.award_level}. `,
		__("Rank {0} in {1}, index {2}.", [doc.rank, doc.cluster || doc.unit_group, index(doc.index_score)])
	);
}

async function submit(frm) {
	const state = await frappe.xcall(`${SERVER}.state_of`, { proposal: frm.doc.name });
	if (state.missing.length) return refuse(__("Not Ready for the Chairman"), state.missing);
	return par_campaign.ask_before_step({
		title: __("Submit to Chairman"),
		primary_label: __("Submit to Chairman"),
		message: el("div", {}, facts(frm), count_view(state.count, frm.doc.votes || [])),
	});
}

function refuse(title, sentences) {
	const dialog = new frappe.ui.Dialog({ title, fields: [{ fieldname: "body", fieldtype: "HTML" }] });
	dialog.fields_dict.body.$wrapper.append(
		el(
			"ul",
			{},
			sentences.map((text) => el("li", {}, text))
		)
	);
	return par_campaign.stop_step(dialog);
}

async function award(frm) {
	const { doc } = frm;
	const state = await frappe.xcall(`${SERVER}.state_of`, { proposal: doc.name });
	if (!state.published) {
		return refuse(__("Not Ready to Award"), [
			__("The results of the campaign are not published yet, so no award can be given on them."),
		]);
	}
	const values = await par_campaign.ask_before_step({
		title: __("Award"),
		primary_label: __("Award"),
		message: facts(frm),
		fields: decision_fields({ ...state.last_decision, ...given(doc) }),
	});
	return par_campaign.save_before_step(frm, values);
}

function given(doc) {
	const fields = ["decision_number", "decision_date", "signatory"];
	return Object.fromEntries(fields.filter((field) => doc[field]).map((field) => [field, doc[field]]));
}

export function decision_fields(known = {}) {
	return [
		{
			fieldname: "decision_number",
			fieldtype: "Data",
			label: __("Decision No."),
			reqd: 1,
			default: known.decision_number,
			description: __("E.g. {0}", ["123/QĐ-UBND"]),
		},
		{
			fieldname: "decision_date",
			fieldtype: "Date",
			label: __("Decision Date"),
			reqd: 1,
			default: known.decision_date || frappe.datetime.get_today(),
		},
		{
			fieldname: "signatory",
			fieldtype: "Data",
			label: __("Signatory"),
			reqd: 1,
			default: known.signatory,
			description: __("Title and name as they stand under the decision."),
		},
	];
}

async function ask_reason(frm, field, label, title, save_as) {
	const values = await par_campaign.ask_before_step({
		title,
		primary_label: title,
		message: facts(frm),
		fields: [{ fieldname: field, fieldtype: "Small Text", label, reqd: 1, default: frm.doc[field] }],
	});
	return par_campaign.save_before_step(frm, values, save_as);
}
