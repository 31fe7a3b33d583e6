// Buttons beside the workflow's own: rounds, extension, disqualification.

import { moment_text } from "./format";
import { show_rounds } from "./rounds";

const RUNNING_STATES = ["Draft", "Submitted", "Under Appraisal", "Returned", "Appraised"];

export default class ActionButtons {
	constructor(model, frm) {
		Object.assign(this, { model, frm });
	}

	show() {
		const { frm, model } = this;
		const { doc } = frm;
		if (model.may.see_appraisal) frm.add_custom_button(__("Appraisal Rounds"), () => show_rounds(model));
		if (!model.may.manage) return;
		const group = __("Manage");
		if (["Draft", "Returned"].includes(doc.workflow_state)) {
			frm.add_custom_button(__("Extend Deadline"), () => this.extend(), group);
		}
		if (!RUNNING_STATES.includes(doc.workflow_state) || model.may.published) return;
		if (doc.disqualified) frm.add_custom_button(__("Put Back in the Running"), () => this.requalify(), group);
		else frm.add_custom_button(__("Take out of the Running"), () => this.disqualify(), group);
	}

	// These save at once; entries not yet saved would go with them.
	require_saved() {
		if (!this.frm.is_dirty()) return true;
		frappe.msgprint(__("Save the scorecard first."));
		return false;
	}

	extend() {
		const { frm, model } = this;
		if (!this.require_saved()) return;
		const now = model.time.deadline;
		frappe.prompt(
			[
				{
					fieldname: "until",
					fieldtype: "Datetime",
					label: __("Extended to"),
					reqd: 1,
					default: frm.doc.extended_deadline,
					description: now && __("Until now: {0}", [moment_text(now)]),
				},
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Reason for Extension"), reqd: 1 },
			],
			(values) => this.call("extend_deadline", values),
			__("Extend Deadline"),
			__("Extend")
		);
	}

	disqualify() {
		if (!this.require_saved()) return;
		frappe.prompt(
			[
				{
					fieldname: "reason",
					fieldtype: "Small Text",
					label: __("Reason"),
					reqd: 1,
					description: __("The unit keeps its index but gets no rank and no award."),
				},
			],
			(values) => this.call("disqualify", values),
			__("Take out of the Running"),
			__("Take Out")
		);
	}

	requalify() {
		if (!this.require_saved()) return;
		frappe.confirm(__("Put {0} back in the running?", [frappe.utils.escape_html(this.frm.doc.unit_name)]), () =>
			this.call("requalify")
		);
	}

	async call(method, args) {
		await this.frm.call({ method, doc: this.frm.doc, args, freeze: true });
		this.frm.reload_doc();
	}
}
