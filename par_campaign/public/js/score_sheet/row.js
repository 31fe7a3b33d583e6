// One scored row: what it asks, what the unit claims, and what the appraisers grant.

import { el, points } from "./format";
import { evidence_list } from "./evidence";
import { AppraisedSide, ClaimedSide } from "./side";

export default class Row {
	constructor(model, row) {
		Object.assign(this, { model, row });
		this.code = row.code;
		this.claimed = new ClaimedSide(model, row);
		this.appraised = model.may.see_appraisal ? new AppraisedSide(model, row) : null;
		this.evidence = el("div", { class: "par-evidence" });
		this.element = el(
			"tr",
			{ class: "par-row", "data-code": row.code, id: `par-row-${row.code.replaceAll(".", "-")}` },
			el("th", { scope: "row", class: "par-code" }, row.code),
			this.what(),
			el("td", { class: "par-max" }, points(row.maximum)),
			el("td", { class: "par-claimed" }, this.claimed.element),
			this.appraised && el("td", { class: "par-appraised" }, this.appraised.element)
		);
		this.update();
	}

	what() {
		const { row } = this;
		return el(
			"td",
			{ class: "par-what" },
			el("div", { class: "par-title" }, row.title),
			el("div", { class: "par-help" }, row.help),
			row.guidance &&
				el("details", { class: "par-guidance" }, el("summary", {}, __("Guidance")), el("div", {}, row.guidance)),
			this.evidence
		);
	}

	update() {
		const { model, code } = this;
		const line = model.line(code);
		this.claimed.update();
		this.appraised?.update();
		this.update_evidence();
		const classes = {
			"par-not-applicable": !line.applicable,
			"par-differs": model.differs(code),
			"par-answered": Boolean(line.answered),
			"par-refused": model.save_errors.has(code),
			"par-edited": model.edits.has(code),
		};
		for (const [name, on] of Object.entries(classes)) this.element.classList.toggle(name, on);
	}

	// Made anew only when something about it has changed, so that a button keeps the focus.
	update_evidence() {
		const { model, code } = this;
		const standing = JSON.stringify([model.evidence_of(code), model.lacks_evidence(code), model.may_claim]);
		if (standing === this.evidence_standing) return;
		this.evidence_standing = standing;
		this.evidence.replaceChildren(...evidence_list(model, this.row));
	}

	focus(field) {
		const side = field?.startsWith("apprais") || (!field && this.model.may_appraise) ? this.appraised : this.claimed;
		(side || this.claimed).focus(field);
	}
}
