// The two sides of a row: the unit's claim and the appraisers'. Both take the same inputs; what is
// typed goes to the scorecard's own rows, so that Save and the workflow work as on any form.

import { el, icon, datetime_text, points } from "./format";
import { growing_text } from "./grow";
import { claim_input, stated_numbers } from "./inputs";
import { why_link } from "./why_link";

// Rules whose points are worked out from what is claimed; with others the claim says it all.
const WORKED_OUT = ["Tiers", "Proportional", "Count", "Formula", "External"];

class Side {
	constructor(model, row) {
		Object.assign(this, { model, row });
		this.code = row.code;
		this.points = el("output", { class: "par-points" });
		this.trace = el("div", { class: "par-trace" });
		this.claim_problem = el("div", { class: "par-problem", role: "alert" });
		this.text_problem = el("div", { class: "par-problem", role: "alert" });
		this.note = el("div", { class: "par-note" });
		this.editable = this.may_edit();
		this.claim = this.editable ? this.make_claim() : read_only("span", "par-read");
		this.applies = this.editable && row.may_not_apply ? this.make_applies() : null;
		this.text = this.editable ? this.make_text() : read_only("div", "par-read-text");
		this.element = el(
			"div",
			{ class: "par-side" },
			el("div", { class: "par-claim-line" }, this.claim.element, this.applies, this.more(), this.why()),
			this.claim_problem,
			this.trace,
			this.text.element,
			this.text_problem,
			this.note
		);
	}

	get line() {
		return this.model.line(this.code);
	}

	get numbers() {
		return this.model.points_of(this.code);
	}

	label(text) {
		return `${this.code} ${text}`;
	}

	more() {
		return null;
	}

	why() {
		return why_link(this.model, this.code, this.points, { stop: !this.editable });
	}

	make_claim() {
		return claim_input(this.row, {
			label: this.label(`${this.claim_label()}: ${this.row.title}`),
			changed: (text) => this.changed(this.fields.claim, text),
		});
	}

	make_applies() {
		const box = el("input", {
			type: "checkbox",
			"aria-label": this.label(__("Applies")),
			onchange: () => this.changed(this.fields.applies, box.checked ? 1 : 0),
		});
		this.applies_box = box;
		return el("label", { class: "par-applies" }, box, __("Applies"));
	}

	make_text() {
		return growing_text({
			label: this.label(this.text_label()),
			placeholder: this.text_label(),
			field: this.fields.text,
			changed: (text) => this.changed(this.fields.text, text),
		});
	}

	changed(field, value) {
		this.model.set(this.code, field, value);
	}

	update() {
		const { line, fields } = this;
		const applies = Boolean(line[fields.applies]);
		this.claim.set(this.editable ? line[fields.claim] : this.shown_claim(applies));
		this.text.set(line[fields.text]);
		if (this.applies_box) this.applies_box.checked = applies;
		if (this.editable) disable(this.claim.element, !applies);
		this.update_points(applies);
		this.update_problems();
		put_text(this.note, this.remark());
	}

	update_points(applies) {
		const value = this.value();
		const trace = this.worked();
		put_text(this.points, applies ? points(value) : "–");
		this.points.title = trace;
		const shown = applies && typeof value === "number" && WORKED_OUT.includes(this.row.rule);
		put_text(this.trace, shown ? trace : "");
	}

	update_problems() {
		const { model, code } = this;
		const fault = model.error(code, this.fields.claim);
		put_text(this.claim_problem, fault);
		put_text(this.text_problem, this.problems().filter(Boolean).join(" "));
		this.claim.element
			.querySelectorAll("input, select")
			.forEach((input) => input.setAttribute("aria-invalid", String(Boolean(fault))));
	}

	shown_claim(applies) {
		if (!applies) return __("does not apply");
		if (this.row.rule === "External") return external_text(this.row, this.line);
		return readable(this.row, this.claim_text()) || (this.row.auto ? "" : "–");
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
		return this.numbers.self;
	}

	worked() {
		return this.numbers.self_trace || "";
	}

	claim_text() {
		return this.numbers.self_text;
	}

	problems() {
		const { model, code } = this;
		const refused = model.save_errors.get(code);
		if (!model.may_claim) return [refused];
		const gap = model.gaps(code).find((found) => found.field === "explanation");
		return [refused, !refused && gap && gap.what];
	}

	remark() {
		if (this.row.auto) return __("Filled in by the system.");
		return this.line.answered ? __("Answered after return") : "";
	}

	update() {
		super.update();
		if (!this.editable) return;
		this.text.area.placeholder = this.line.applicable
			? __("Explanation")
			: __("Say why this row does not apply");
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
		return __("Appraised", null, "Score");
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
				onclick: () => this.model.accept(this.row),
			},
			icon("tick")
		);
		return this.accept;
	}

	// Whatever an appraiser enters on a row, they have looked at it.
	changed(field, value) {
		super.changed(field, value);
		this.model.set(this.code, "is_appraised", 1);
	}

	value() {
		return this.numbers.points;
	}

	worked() {
		return this.numbers.trace || "";
	}

	claim_text() {
		return this.numbers.text;
	}

	problems() {
		return [this.model.needs_reason(this.code) && __("Say why it differs from the claim.")];
	}

	remark() {
		const { line, model } = this;
		if (model.may_appraise && !this.row.mine) return __("Appraised by other members of the council");
		const by = model.people[line.appraised_by];
		return by && line.is_appraised ? `${by}, ${datetime_text(line.appraised_on)}` : "";
	}

	update() {
		super.update();
		if (!this.accept) return;
		const { line, model } = this;
		const accepted = Boolean(line.is_appraised) && !model.differs(this.code);
		this.accept.setAttribute("aria-pressed", String(accepted));
		this.accept.disabled = accepted || !model.has_claim(this.code);
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

function read_only(tag, class_name) {
	const element = el(tag, { class: class_name });
	return { element, set: (text) => put_text(element, text || "") };
}

function put_text(element, text) {
	if (element.textContent !== text) element.textContent = text;
}

function disable(element, off) {
	element.querySelectorAll("input, select").forEach((input) => (input.disabled = off));
}
