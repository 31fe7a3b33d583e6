// Above the tabs: how far the scorecard is, until when, what was asked, and what is still missing.

import { REVIEW } from "./queries";
import { days_between, el, icon, index, datetime_text } from "./format";

const SOON = 60; // days from which on the time left is shown
const LISTED = 12; // gaps shown at once; the sheet's filter shows the rest

export default class Head {
	constructor(model, sheet, frm) {
		Object.assign(this, { model, sheet, frm });
		this.element = el("div", { class: "par-head" });
		frm.layout.page.before(this.element);
		this.gaps_open = false;
	}

	show() {
		const parts = [
			this.conflict(),
			this.request(),
			this.reviews(),
			this.disqualified(),
			this.facts(),
			this.missing(),
		];
		this.element.replaceChildren(...parts.filter(Boolean));
	}

	// Somebody else has saved meanwhile: what was typed here can be kept.
	conflict() {
		if (!this.frm.doc.__needs_refresh || !this.model.edits.size) return null;
		return el(
			"div",
			{ class: "par-banner par-banner-warning", role: "alert" },
			el("span", {}, __("Somebody else has saved this scorecard meanwhile.")),
			el(
				"button",
				{
					type: "button",
					class: "btn btn-xs btn-primary",
					onclick: () => this.model.reload_keeping_edits(),
				},
				__("Load It and Keep My Entries")
			)
		);
	}

	request() {
		const { doc } = this.frm;
		if (!par_campaign.states.BEING_APPRAISED.includes(doc.workflow_state)) return null;
		const returned = doc.workflow_state === "Returned";
		const asked = returned ? this.questions() : null;
		if (!doc.return_note && !asked) return null;
		const due = doc.return_due && __("Answer by {0}", [datetime_text(doc.return_due)]);
		return el(
			"div",
			{ class: `par-banner ${returned ? "par-banner-asked" : "par-banner-quiet"}` },
			el(
				"b",
				{},
				returned
					? __("The appraisers ask for explanation or supplement")
					: __("Asked of the unit earlier")
			),
			doc.return_note && el("div", { class: "par-asked" }, doc.return_note),
			asked,
			returned && due && el("div", { class: "par-due" }, due)
		);
	}

	// What was asked row by row, each leading to its row; answered ones say so.
	questions() {
		const asked = this.model.queries.filter(
			(query) => query.sent_on && query.state !== "Closed" && query.kind !== REVIEW
		);
		return asked.length ? this.question_list(asked) : null;
	}

	// What the unit wants looked at again, until somebody has decided.
	reviews() {
		const open = this.model.queries.filter((query) => query.kind === REVIEW && query.state === "Open");
		if (!open.length) return null;
		return el(
			"div",
			{ class: "par-banner par-banner-asked" },
			el("b", {}, __("The unit asks for a review")),
			this.question_list(open)
		);
	}

	question_list(queries) {
		return el(
			"ul",
			{ class: "par-asked-rows" },
			queries.map((query) => el("li", {}, this.question_link(query)))
		);
	}

	question_link(query) {
		const row = this.model.leaves.find((leaf) => leaf.code === query.code);
		const done = query.state === "Open" ? "" : ` (${__(query.state, null, "PAR Query")})`;
		return link(`${query.code} ${row?.title || ""}: ${query.question}${done}`, () =>
			this.go_to(query.code)
		);
	}

	disqualified() {
		const { doc } = this.frm;
		if (!doc.disqualified) return null;
		return el(
			"div",
			{ class: "par-banner par-banner-danger" },
			el("b", {}, __("Out of the running")),
			el("div", {}, doc.disqualified_reason || "")
		);
	}

	// --- facts -----------------------------------------------------------------------------------

	facts() {
		const facts = [
			this.progress(),
			this.evidence(),
			this.appraisal(),
			this.deadline(),
			this.handed_in(),
			this.standing(),
		];
		return el("div", { class: "par-facts-line" }, facts.filter(Boolean));
	}

	progress() {
		const { done, all } = this.model.progress();
		const percent = all ? Math.round((done * 100) / all) : 0;
		return fact(
			__("{0} of {1} rows filled", [done, all]),
			el(
				"div",
				{ class: "progress par-progress" },
				el("div", {
					class: `progress-bar ${done === all ? "progress-bar-success" : ""}`,
					role: "progressbar",
					style: `width: ${percent}%`,
					"aria-valuenow": String(percent),
					"aria-valuemin": "0",
					"aria-valuemax": "100",
					"aria-label": __("Rows filled"),
				})
			)
		);
	}

	evidence() {
		const missing = this.model.numbers.missing_evidence.length;
		if (!missing) return null;
		const rows = link(__("{0} rows without evidence", [missing]), () => this.filter("evidence"));
		rows.title = __("They count only what the appraisers grant.");
		return fact(rows);
	}

	appraisal() {
		if (!this.model.may_appraise) return null;
		const open = this.model.leaves.filter((row) => this.model.is_open(row.code)).length;
		return open
			? fact(link(__("{0} rows to appraise", [open]), () => this.filter("open")))
			: fact(__("Every row of yours is appraised"));
	}

	deadline() {
		const { doc } = this.frm;
		const { time } = this.model;
		if (!par_campaign.states.HELD_BY_UNIT.includes(doc.workflow_state) || !time.due) return null;
		const hand_in = doc.extended_deadline ? __("Hand in by (extended)") : __("Hand in by");
		const label = doc.workflow_state === "Returned" ? __("Answer by") : hand_in;
		return fact(`${label} ${datetime_text(time.due)}`, time_left(time));
	}

	handed_in() {
		const { doc } = this.frm;
		if (!doc.submitted_on || doc.workflow_state === "Draft") return null;
		return fact(
			__("Handed in {0}", [datetime_text(doc.submitted_on)]),
			this.by(doc.submitted_by),
			late_by(doc.late_days),
			doc.answered_on && __("answered {0}", [datetime_text(doc.answered_on)]),
			doc.answered_on && doc.answered_by !== doc.submitted_by && this.by(doc.answered_by),
			late_by(doc.supplement_late_days)
		);
	}

	by(user) {
		return el("span", { class: "text-muted" }, this.model.people[user] || user);
	}

	standing() {
		const { numbers, may } = this.model;
		const parts = [el("span", {}, __("Self-scored"), " ", el("b", {}, index(numbers.self_index)))];
		if (may.see_appraisal) {
			parts.push(
				el("span", {}, __("Appraised", null, "Score"), " ", el("b", {}, index(numbers.index)))
			);
			if (numbers.band) parts.push(el("span", { class: "indicator-pill blue" }, numbers.band));
		}
		if (numbers.missing_external.length) {
			const rows = numbers.missing_external.join(", ");
			parts.push(
				el(
					"span",
					{ class: "indicator-pill orange", title: rows },
					__("Provisional: survey values are missing")
				)
			);
		}
		return fact(...parts);
	}

	// --- what keeps the unit from handing in ------------------------------------------------------

	missing() {
		const { gaps } = this.model.numbers;
		if (!this.model.may_claim) return null;
		if (!gaps.length)
			return el("div", { class: "par-complete" }, icon("tick"), __("Complete: ready to hand in."));
		const list = el(
			"ul",
			{},
			gaps.slice(0, LISTED).map((gap) => el("li", {}, this.gap_link(gap)))
		);
		if (gaps.length > LISTED) {
			list.append(
				el(
					"li",
					{},
					link(__("and {0} more", [gaps.length - LISTED]), () => this.filter("open"))
				)
			);
		}
		const details = el(
			"details",
			{ class: "par-missing", open: this.gaps_open },
			el("summary", {}, __("{0} things are missing before hand-in", [gaps.length])),
			list
		);
		details.addEventListener("toggle", () => (this.gaps_open = details.open));
		return details;
	}

	gap_link(gap) {
		const row = this.model.leaves.find((leaf) => leaf.code === gap.code);
		const task = this.model.tasks_of(gap.code).find(({ state }) => state !== "Done");
		const who = task ? ` (${task.person_name})` : "";
		return link(`${gap.code} ${row?.title || ""}: ${gap.what}${who}`, () =>
			this.go_to(gap.code, gap.field)
		);
	}

	filter(key) {
		this.open_sheet();
		this.sheet.set_filter(key);
	}

	go_to(code, field) {
		this.open_sheet();
		this.sheet.go_to(code, field);
	}

	open_sheet() {
		const { tab } = this.frm.get_field("sheet_html");
		if (tab && !tab.is_active()) tab.set_active();
	}
}

function fact(...parts) {
	return el("div", { class: "par-fact" }, parts.filter(Boolean));
}

function link(text, act) {
	return el("button", { type: "button", class: "btn btn-link par-link", onclick: act }, text);
}

function late_by(days) {
	return days ? el("span", { class: "indicator-pill red" }, __("{0} days late", [days])) : null;
}

function time_left({ now, due, closed }) {
	const days = days_between(now, due);
	if (moment(due).isBefore(now)) {
		return closed
			? el("span", { class: "indicator-pill red" }, __("closed"))
			: late_by(Math.max(1, -days));
	}
	if (days > SOON) return null;
	const colour = days <= 3 ? "orange" : "gray";
	return el(
		"span",
		{ class: `indicator-pill ${colour}` },
		days ? __("{0} days left", [days]) : __("today")
	);
}
