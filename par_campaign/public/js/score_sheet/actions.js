// Buttons beside the workflow's own: rounds, the workbook to fill in offline, more time, and leaving.

import { datetime_text } from "./format";
import { show_rounds } from "./rounds";

const RUNNING_STATES = ["Draft", "Submitted", "Under Appraisal", "Returned", "Appraised"];

export default class ActionButtons {
	constructor(model, frm) {
		Object.assign(this, { model, frm });
	}

	show() {
		const { frm, model } = this;
		if (model.may.see_appraisal) frm.add_custom_button(__("Appraisal Rounds"), () => show_rounds(model));
		par_campaign.add_workbook_buttons(frm, "score_sheet", "scorecard", model.may_claim);
		frm.add_custom_button(__("Why"), () => par_campaign.show_why(frm.doc.name, frm.doc.unit_name));
		this.time_buttons();
		if (model.may.manage && RUNNING_STATES.includes(frm.doc.workflow_state) && !model.may.published) {
			this.standing_buttons();
		}
	}

	manage(label, act) {
		this.frm.add_custom_button(label, () => this.require_saved() && act(), __("Manage"));
	}

	time_buttons() {
		const { model, frm } = this;
		const state = frm.doc.workflow_state;
		if (state === "Draft" && model.may.manage) this.manage(__("Extend Deadline"), () => this.extend());
		if (state === "Returned" && model.may.appraiser)
			this.manage(__("Extend Time to Answer"), () => this.extend_answer());
	}

	standing_buttons() {
		const { doc } = this.frm;
		if (doc.taken_out) {
			this.manage(__("Put Back into the Campaign"), () => this.put_back());
			return;
		}
		if (doc.disqualified) this.manage(__("Requalify"), () => this.requalify());
		else this.manage(__("Disqualify"), () => this.disqualify());
		this.manage(__("Take out of the Campaign"), () => this.take_out());
	}

	// These save at once; entries not yet saved would go with them.
	require_saved() {
		if (!this.frm.is_dirty()) return true;
		frappe.msgprint(__("Save the scorecard first."));
		return false;
	}

	extend() {
		const { frm, model } = this;
		const now = model.time.deadline;
		this.ask(__("Extend Deadline"), "extend_deadline", [
			{
				fieldname: "until",
				fieldtype: "Datetime",
				label: __("Extended to"),
				reqd: 1,
				hide_timezone: 1,
				default: frm.doc.extended_deadline,
				description: now && __("Until now: {0}", [datetime_text(now)]),
			},
			{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason for Extension"), reqd: 1 },
		]);
	}

	extend_answer() {
		this.ask(__("Extend Time to Answer"), "extend_answer", [
			{
				fieldname: "until",
				fieldtype: "Datetime",
				label: __("Answer by"),
				reqd: 1,
				default: this.frm.doc.return_due,
				hide_timezone: 1,
			},
		]);
	}

	disqualify() {
		this.ask(__("Disqualify"), "disqualify", [
			reason(__("The unit keeps its index but gets no rank and no award.")),
		]);
	}

	take_out() {
		this.ask(__("Take out of the Campaign"), "take_out", [
			reason(
				__(
					"For a unit that is dissolved or merged, with the decision's number. Its scorecard stays on record."
				)
			),
			{ fieldname: "successor", fieldtype: "Link", options: "PAR Unit", label: __("Merged into") },
		]);
	}

	requalify() {
		this.agree(__("Put {0} back in the running?", [this.unit()]), "requalify");
	}

	put_back() {
		this.agree(__("Put {0} back into the campaign?", [this.unit()]), "put_back");
	}

	unit() {
		return frappe.utils.escape_html(this.frm.doc.unit_name);
	}

	ask(title, method, fields) {
		frappe.prompt(fields, (values) => this.call(method, values), title, title);
	}

	agree(question, method) {
		frappe.confirm(question, () => this.call(method));
	}

	async call(method, args) {
		await this.frm.call({ method, doc: this.frm.doc, args, freeze: true });
		this.frm.reload_doc();
	}
}

function reason(description) {
	return { fieldname: "reason", fieldtype: "Small Text", label: __("Reason"), reqd: 1, description };
}
