// A unit's row: what it claims and shows, and what the appraiser grants and why.

import { el, icon, datetime_text, points } from "../score_sheet/format";
import { evidence_list } from "../score_sheet/evidence";
import { growing_text } from "../score_sheet/grow";
import { claim_input } from "../score_sheet/inputs";
import { query_list } from "../score_sheet/queries";

export default class GridRow {
	constructor(model, row) {
		Object.assign(this, { model, scorecard: row.scorecard });
		this.editable = row.editable;
		this.made_for = making(row);
		this.points = el("output", { class: "par-points" });
		this.problem = el("div", { class: "par-problem", role: "alert" });
		this.conflict = el("div", { class: "par-grid-conflict", role: "alert" });
		this.state = el("td", { class: "par-grid-state" });
		this.documents = el("div", { class: "par-evidence" });
		this.queries = el("div", { class: "par-queries" });
		this.element = el(
			"tr",
			{ class: `par-row ${row.editable ? "" : "par-grid-closed"}`, "data-unit": row.unit },
			this.unit_cell(row),
			this.claim_cell(row),
			this.editable ? this.input_cell(row) : this.read_cell(row),
			this.editable
				? this.note_cell(row)
				: el("td", { class: "par-grid-note" }, row.appraisal_note || ""),
			this.state
		);
		this.update();
	}

	// The model's row is a new object after each load.
	get row() {
		return this.model.rows.find((row) => row.scorecard === this.scorecard);
	}

	is_made_for(row) {
		return this.made_for === making(row);
	}

	// --- cells ---------------------------------------------------------------------------------

	unit_cell(row) {
		const address = `/app/par-unit-scorecard/${encodeURIComponent(row.scorecard)}?row=${this.model.criterion.code}`;
		return el(
			"th",
			{ scope: "row", class: "par-grid-unit" },
			el("a", { href: address, title: __("Open the scorecard") }, row.unit_name),
			row.cluster && el("div", { class: "par-note" }, row.cluster)
		);
	}

	claim_cell(row) {
		const { criterion } = this.model;
		if (!row.handed_in) return el("td", { class: "par-claimed text-muted" }, __("Not handed in yet"));
		// a formula's numbers stand in the line that works it out, with their names
		const stated = criterion.rule === "Formula" && row.claim_trace ? "" : row.claim_text || "–";
		const claim = row.applicable ? stated : __("does not apply");
		return el(
			"td",
			{ class: "par-claimed" },
			el(
				"div",
				{ class: "par-claim-line" },
				el("span", { class: "par-read" }, claim),
				row.answered
					? el("span", { class: "indicator-pill blue" }, __("Answered after return"))
					: null,
				el("span", { class: "par-points" }, row.applicable ? points(row.self_score) : "–")
			),
			is_worked_out(criterion) && el("div", { class: "par-trace" }, row.claim_trace),
			row.explanation && clamped(row.explanation),
			el("div", { class: "par-grid-shown" }, this.documents, this.queries)
		);
	}

	input_cell() {
		const { model } = this;
		this.claim = claim_input(model.criterion, {
			label: this.label(__("Appraised", null, "Score")),
			arrows: "rows",
			changed: (text) => model.set(this.row, "appraised_claim", text),
		});
		this.accept = el(
			"button",
			{
				type: "button",
				class: "btn btn-default btn-xs par-accept",
				title: __("Accept as claimed"),
				"aria-label": this.label(__("Accept as claimed")),
				onclick: () => model.accept(this.row),
			},
			icon("tick")
		);
		return el(
			"td",
			{ class: "par-appraised" },
			el(
				"div",
				{ class: "par-claim-line" },
				this.claim.element,
				this.applies_box(),
				this.accept,
				this.points
			),
			this.problem,
			this.conflict
		);
	}

	applies_box() {
		if (!this.model.criterion.may_not_apply) return null;
		this.applies = el("input", {
			type: "checkbox",
			"aria-label": this.label(__("Applies")),
			onchange: () => this.model.set(this.row, "appraised_applicable", this.applies.checked ? 1 : 0),
		});
		return el("label", { class: "par-applies" }, this.applies, __("Applies"));
	}

	note_cell() {
		this.note = growing_text({
			label: this.label(__("Reason")),
			placeholder: __("Reason"),
			field: "appraisal_note",
			changed: (text) => this.model.set(this.row, "appraisal_note", text),
		});
		return el("td", { class: "par-grid-note" }, this.note.element);
	}

	read_cell(row) {
		const text = row.appraised_applicable ? row.appraised_text : __("does not apply");
		return el(
			"td",
			{ class: "par-appraised" },
			el(
				"div",
				{ class: "par-claim-line" },
				el("span", { class: "par-read" }, is_decided(row) ? text : "–"),
				this.points
			)
		);
	}

	label(text) {
		return `${this.row.unit_name}: ${text}`;
	}

	// --- keeping in step ---------------------------------------------------------------------------

	update() {
		const { model, row } = this;
		const decided = this.editable || is_decided(row);
		this.points.textContent = model.applies(row) ? (decided ? points(model.points(row)) : "") : "–";
		const helper = row_model(model, row);
		if (row.handed_in) this.documents.replaceChildren(...evidence_list(helper, model.criterion));
		this.queries.replaceChildren(...query_list(helper, { ...model.criterion, mine: row.editable }));
		if (this.editable) this.update_inputs(row);
		this.update_state(row);
		this.element.classList.toggle("par-differs", model.differs(row));
		this.element.classList.toggle(
			"par-refused",
			model.problems.has(row.scorecard) || model.conflicts.has(row.scorecard)
		);
		this.element.classList.toggle("par-edited", model.edits.has(row.scorecard));
	}

	update_inputs(row) {
		const { model } = this;
		this.claim.set(model.value(row, "appraised_claim"));
		this.note.set(model.value(row, "appraisal_note"));
		if (this.applies) this.applies.checked = model.applies(row);
		this.claim.element.querySelectorAll("input, select").forEach((input) => {
			input.disabled = !model.applies(row);
			input.setAttribute("aria-invalid", String(Boolean(model.fault(row))));
		});
		const accepted = (row.is_appraised || model.edits.has(row.scorecard)) && !model.differs(row);
		this.accept.setAttribute("aria-pressed", String(Boolean(accepted)));
		this.accept.disabled = Boolean(accepted) || !model.has_claim(row);
		this.update_problem(row);
		this.conflict.replaceChildren(
			...(model.conflicts.has(row.scorecard) ? this.conflict_parts(row) : [])
		);
	}

	update_problem(row) {
		const { model } = this;
		const reason = model.needs_reason(row) && __("Say why it differs from the claim.");
		const text = model.fault(row) || reason || model.problems.get(row.scorecard) || "";
		if (this.problem.textContent !== text) this.problem.textContent = text;
	}

	conflict_parts(row) {
		const { model } = this;
		const theirs = [
			row.appraised_applicable ? row.appraised_text || "–" : __("does not apply"),
			row.appraisal_note,
		];
		const button = (text, act) =>
			el("button", { type: "button", class: "btn btn-default btn-xs", onclick: act }, text);
		return [
			el(
				"span",
				{},
				__("{0} has entered meanwhile: {1}", [
					row.appraised_by_name || "?",
					theirs.filter(Boolean).join(" · "),
				])
			),
			button(__("Keep Mine"), () => model.keep_mine(row)),
			button(__("Take Theirs"), () => model.take_back(row)),
		];
	}

	update_state(row) {
		const { model } = this;
		const parts = [];
		if (row.why_not) parts.push(el("span", { class: "text-muted" }, row.why_not));
		else if (model.edits.has(row.scorecard))
			parts.push(el("span", { class: "indicator-pill orange" }, __("Not Saved")));
		else if (model.is_open(row))
			parts.push(el("span", { class: "indicator-pill gray" }, __("To appraise")));
		if (row.is_appraised && row.appraised_by) {
			parts.push(
				el(
					"div",
					{ class: "par-note" },
					`${row.appraised_by_name}, ${datetime_text(row.appraised_on)}`
				)
			);
		}
		this.state.replaceChildren(...parts);
	}

	// To the same field as in another row: a number of a formula, the note, or the claim.
	focus_like(target) {
		if (target.matches("textarea")) return this.note.focus();
		const number = target.dataset.number;
		const same = number && this.claim.element.querySelector(`[data-number="${CSS.escape(number)}"]`);
		same ? same.focus() : this.claim.focus();
		if (document.activeElement.select && this.element.contains(document.activeElement))
			document.activeElement.select();
	}
}

// A row whose rights or claims have changed is made anew; else only what stands in it changes.
const making = (row) =>
	JSON.stringify([
		row.scorecard,
		row.editable,
		row.handed_in,
		row.self_claim,
		row.applicable,
		row.explanation,
		row.answered,
		row.editable || row.appraised_claim,
	]);

const is_decided = (row) => Boolean(row.appraised_claim || !row.appraised_applicable);

const is_worked_out = (criterion) => ["Tiers", "Proportional", "Count", "Formula"].includes(criterion.rule);

// A long explanation shows its beginning; a click shows all of it.
function clamped(text) {
	const element = el(
		"div",
		{ class: "par-grid-text", title: text, onclick: () => element.classList.toggle("par-grid-whole") },
		text
	);
	return element;
}

// The score sheet's evidence and question buttons, on one unit's row.
function row_model(model, row) {
	return {
		may_claim: false,
		may: { review: row.editable, ask: row.editable, decide: row.editable },
		frm: { doc: { name: row.scorecard } },
		evidence_of: () => row.evidence,
		queries_of: () => row.queries,
		lacks_evidence: () => row.lacks_evidence,
		count_evidence: () => {},
		load: () => model.load(),
		changed: () => {},
	};
}
