// One scored row: what it asks, what the unit claims, and what the appraisers grant.

import { take_drops } from "./drop";
import { el, points } from "./format";
import { evidence_list } from "./evidence";
import { query_list } from "./queries";
import { AppraisedSide, ClaimedSide } from "./side";
import { choice_box, task_list } from "./tasks";

export default class Row {
	constructor(model, row) {
		Object.assign(this, { model, row });
		this.code = row.code;
		this.claimed = new ClaimedSide(model, row);
		this.appraised = model.may.see_appraisal ? new AppraisedSide(model, row) : null;
		this.evidence = el("div", { class: "par-evidence" });
		this.queries = el("div", { class: "par-queries" });
		this.tasks = el("div", { class: "par-tasks" });
		this.choice = choice_box(model, row.code);
		this.element = el(
			"tr",
			{ class: "par-row", "data-code": row.code, id: `par-row-${row.code.replaceAll(".", "-")}` },
			el("th", { scope: "row", class: "par-code" }, this.choice.element, row.code),
			this.what(),
			el("td", { class: "par-max" }, points(row.maximum)),
			el("td", { class: "par-claimed" }, this.claimed.element),
			this.appraised && el("td", { class: "par-appraised" }, this.appraised.element)
		);
		take_drops(this.element, model, row);
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
				el(
					"details",
					{ class: "par-guidance" },
					el("summary", {}, __("Guidance")),
					el("div", {}, row.guidance)
				),
			this.evidence,
			this.queries,
			this.tasks
		);
	}

	update() {
		const { model, code } = this;
		const line = model.line(code);
		this.claimed.update();
		this.appraised?.update();
		this.choice.update();
		this.update_documents();
		const classes = {
			"par-not-applicable": !line.applicable,
			"par-differs": model.differs(code),
			"par-answered": Boolean(line.answered),
			"par-refused": model.save_errors.has(code),
			"par-edited": model.edits.has(code),
			"par-looked-at": Boolean(line.is_appraised) && model.may_appraise,
		};
		for (const [name, on] of Object.entries(classes)) this.element.classList.toggle(name, on);
	}

	// Made anew only when something about it has changed, so that a button keeps the focus.
	update_documents() {
		const { model, code } = this;
		const rights = [model.may_claim, model.may];
		const standing = JSON.stringify([
			model.evidence_of(code),
			model.queries_of(code),
			model.tasks_of(code),
			model.lacks_evidence(code),
			rights,
		]);
		if (standing === this.standing) return;
		this.standing = standing;
		this.evidence.replaceChildren(...evidence_list(model, this.row));
		this.queries.replaceChildren(...query_list(model, this.row));
		this.tasks.replaceChildren(...task_list(model, this.row));
	}

	focus(field) {
		const side =
			field?.startsWith("apprais") || (!field && this.model.may_appraise)
				? this.appraised
				: this.claimed;
		(side || this.claimed).focus(field);
	}
}
