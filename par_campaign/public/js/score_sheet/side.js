// The two sides of a row: the unit's claim and the appraisers'. Both take the same inputs; what is
// typed goes to the scorecard's own rows, so that Save and the workflow work as on any form.

import { el, icon, moment_text, points } from "./format";
import { growing_text } from "./grow";
import { claim_input, stated_numbers } from "./inputs";

// Rules whose points are worked out from what is claimed; with others the claim says it all.
const WORKED_OUT = ["Tiers", "Proportional", "Count", "Formula", "External"];

class Side {
	constructor(model, row) {
		Object.assign(this, { model, row });
		this.code = row.code;
		this.points = el("output", { class: "par-points" });
		this.trace = el("div", { class: "par-trace" });
		this.problem = el("div", { class: "par-problem", role: "alert" });
		this.note = el("div", { class: "par-note" });
		this.editable = this.may_edit();
		this.claim = this.editable ? this.make_claim() : read_only_claim();
		this.applies = this.editable && row.may_not_apply ? this.make_applies() : null;
		this.text = this.editable ? this.make_text() : read_only_text();
		this.element = el(
			"div",
			{ class: "par-side" },
			el("div", { class: "par-claim-line" }, this.claim.element, this.applies, this.more(), this.points),
			this.trace,
			this.text.element,
			this.note,
			this.problem
		);
	}

	get line() {
		return this.model.line(this.code);
	}

	label(text) {
		return `${this.code} ${text}`;
	}

	more() {
		return null;
	}

	make_claim() {
		return claim_input(this.row, {
			label: this.label(`${this.claim_label()}: ${this.row.title}`),
			changed: (text) => this.model.set(this.code, this.fields.claim, text),
		});
	}

	make_applies() {
		const box = el("input", {
			type: "checkbox",
			"aria-label": this.label(__("Applies")),
			onchange: () => this.model.set(this.code, this.fields.applies, box.checked ? 1 : 0),
		});
		this.applies_box = box;
		return el("label", { class: "par-applies" }, box, __("Applies"));
	}

	make_text() {
		return growing_text({
			label: this.label(this.text_label()),
			placeholder: this.text_label(),
			field: this.fields.text,
			changed: (text) => this.model.set(this.code, this.fields.text, text),
		});
	}

	update() {
		const { line, fields } = this;
		const applies = Boolean(line[fields.applies]);
		this.claim.set(this.editable ? line[fields.claim] : this.shown_claim(applies));
		this.text.set(line[fields.text]);
		if (this.applies_box) this.applies_box.checked = applies;
		if (this.editable) disable(this.claim.element, !applies);
		const value = this.value();
		this.points.textContent = applies ? points(value) : "–";
		const trace = this.worked();
		this.points.title = trace;
		this.trace.textContent = applies && typeof value === "number" && WORKED_OUT.includes(this.row.rule) ? trace : "";
		this.show_problems(this.problems());
	}

	show_problems(problems) {
		const text = problems.filter(Boolean).join(" ");
		if (this.problem.textContent !== text) this.problem.textContent = text;
		this.claim.element
			.querySelectorAll("input, select")
			.forEach((input) => input.setAttribute("aria-invalid", Boolean(this.model.error(this.code, this.fields.claim))));
	}

	shown_claim(applies) {
		if (!applies) return __("does not apply");
		return this.claim_text() || (this.row.rule === "External" || this.row.auto ? "" : "–");
	}

	focus(field) {
		const target = field && field === this.fields.text ? this.text : this.claim;
		target.focus?.();
	}
}

export class ClaimedSide extends Side {
	get fields() {
		return { claim: "self_claim", applies: "applicable", text: "explanation" };
	}

	may_edit() {
		return this.model.may_claim && this.row.rule !== "External" && !this.row.auto;
	}

	claim_label() {
		return __("Claim");
	}

	text_label() {
		return __("Explanation");
	}

	value() {
		return this.model.points_of(this.code).self;
	}

	worked() {
		return this.model.points_of(this.code).self_trace || "";
	}

	claim_text() {
		if (this.row.rule === "External") return external_text(this.row, this.line);
		return readable(this.row, this.model.points_of(this.code).self_text);
	}

	problems() {
		const { model, code } = this;
		const problems = [model.save_errors.get(code), model.error(code, "self_claim")];
		if (!model.may_claim) return problems;
		const gap = model.gaps(code).find((found) => found.field === "explanation");
		return [...problems, gap && gap.what];
	}

	update() {
		super.update();
		if (this.row.auto) this.note.textContent = __("Filled in by the system.");
		if (this.line.answered) this.note.textContent = __("Answered after return");
		if (this.editable) {
			this.text.area.placeholder = this.line.applicable
				? __("Explanation")
				: __("Say why this row does not apply");
		}
	}
}

export class AppraisedSide extends Side {
	get fields() {
		return { claim: "appraised_claim", applies: "appraised_applicable", text: "appraisal_note" };
	}

	may_edit() {
		return this.model.may_appraise_row(this.row);
	}

	claim_label() {
		return __("Appraised");
	}

	text_label() {
		return __("Reason");
	}

	more() {
		if (!this.editable) return null;
		this.accept = el(
			"button",
			{
				type: "button",
				class: "btn btn-default btn-xs par-accept",
				title: __("Accept as claimed"),
				"aria-label": this.label(__("Accept as claimed")),
				onclick: () => {
					this.model.accept(this.row);
					this.update();
				},
			},
			icon("tick")
		);
		return this.accept;
	}

	value() {
		return this.model.points_of(this.code).points;
	}

	worked() {
		return this.model.points_of(this.code).trace || "";
	}

	claim_text() {
		if (this.row.rule === "External") return external_text(this.row, this.line);
		return readable(this.row, this.model.points_of(this.code).text);
	}

	problems() {
		const { model, code } = this;
		return [
			model.error(code, "appraised_claim"),
			model.needs_reason(code) && __("Say why it differs from the claim."),
		];
	}

	update() {
		super.update();
		const { line, model } = this;
		if (this.accept) {
			const same = line.appraised_claim === line.self_claim && Boolean(line.appraised_applicable) === Boolean(line.applicable);
			this.accept.disabled = same || (!line.self_claim && Boolean(line.applicable));
		}
		const by = model.people[line.appraised_by];
		this.note.textContent = by && line.is_appraised ? `${by}, ${moment_text(line.appraised_on)}` : "";
		if (model.may_appraise && !this.row.mine) this.note.textContent = __("Appraised by other members of the council");
	}
}

function external_text(row, line) {
	const text = __("From {0}", [row.source]);
	return line.has_external === 0 ? `${text}: ${__("not there yet")}` : text;
}

// The numbers of a formula with their names, other claims as they stand.
function readable(row, text) {
	if (row.rule !== "Formula" || !text) return text;
	const values = stated_numbers(text);
	return row.inputs.map(({ name, label }) => `${label}: ${values[name]}`).join("; ");
}

function read_only_claim() {
	const element = el("span", { class: "par-read" });
	return { element, set: (text) => (element.textContent = text || "") };
}

function read_only_text() {
	const element = el("div", { class: "par-read-text" });
	return { element, set: (text) => (element.textContent = text || "") };
}

function disable(element, off) {
	element.querySelectorAll("input, select").forEach((input) => (input.disabled = off));
}
