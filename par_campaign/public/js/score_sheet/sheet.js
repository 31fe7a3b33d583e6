// The score sheet: a table of all rows by area and criterion, in the place of the form's HTML field.

import { el } from "./format";
import { filter_by_key } from "./filters";
import Heading from "./heading";
import Row from "./row";
import Toolbar from "./toolbar";
import { stick } from "./stick";

export default class Sheet {
	constructor(model, place) {
		Object.assign(this, { model, place, filter: "all", search: "", folded: new Set() });
	}

	// Anew where the structure or the rights are others, else only what has changed.
	show() {
		const made_for = JSON.stringify([
			this.model.frm.doc.name,
			this.model.may,
			this.model.may_claim,
			this.model.may_appraise,
			this.model.rows.map((row) => row.code),
		]);
		if (made_for === this.made_for) return this.update();
		if (this.made_for && JSON.parse(this.made_for)[0] !== this.model.frm.doc.name) this.start_over();
		this.made_for = made_for;
		this.build();
	}

	start_over() {
		Object.assign(this, { filter: "all", search: "", folded: new Set() });
	}

	build() {
		const { model } = this;
		this.toolbar = new Toolbar(model, this);
		this.headings = [];
		this.rows = new Map();
		const table = el(
			"table",
			{ class: `par-sheet ${model.may.see_appraisal ? "par-two-sides" : "par-one-side"}` },
			el("caption", { class: "sr-only" }, __("Score Sheet")),
			this.columns(),
			this.head(),
			this.bodies()
		);
		this.nothing = el("p", { class: "par-nothing text-muted" }, __("No row is like this."));
		table.addEventListener("keydown", (event) => this.step_row(event));
		this.place.replaceChildren(this.toolbar.element, table, this.nothing);
		this.stop_sticking?.();
		this.stop_sticking = stick(this.toolbar.element, table.tHead);
		this.update();
	}

	columns() {
		const sides = this.model.may.see_appraisal ? ["claimed", "appraised"] : ["claimed"];
		return el(
			"colgroup",
			{},
			["code", "what", "max", ...sides].map((name) => el("col", { class: `par-col-${name}` }))
		);
	}

	head() {
		const columns = [__("No."), __("Criterion"), __("Maximum"), __("Self-scored")];
		if (this.model.may.see_appraisal) columns.push(__("Appraised", null, "Score"));
		return el(
			"thead",
			{},
			el(
				"tr",
				{},
				columns.map((title) => el("th", { scope: "col" }, title))
			)
		);
	}

	// One body for each area, so that an area folds as a whole.
	bodies() {
		this.areas = new Map();
		for (const row of this.model.rows) {
			const area = row.code.split(".")[0];
			if (!this.areas.has(area)) this.areas.set(area, el("tbody", { "data-area": area }));
			const part = row.rule ? new Row(this.model, row) : new Heading(this.model, row, this);
			row.rule ? this.rows.set(row.code, part) : this.headings.push(part);
			this.areas.get(area).append(part.element);
		}
		return [...this.areas.values()];
	}

	update() {
		if (!this.rows) return;
		this.rows.forEach((row) => row.update());
		this.headings.forEach((heading) => heading.update());
		this.toolbar.update();
		this.apply_filter();
	}

	// Cheap enough for every key press: only the rows typed into, the sums and the counts.
	update_typed() {
		if (!this.rows) return;
		for (const code of this.model.edits.keys()) this.rows.get(code)?.update();
		this.headings.forEach((heading) => heading.update());
		this.toolbar.update();
	}

	// --- what is shown ----------------------------------------------------------------------------

	set_filter(key) {
		this.filter = key;
		this.toolbar.update();
		this.apply_filter();
	}

	set_search(text) {
		this.search = text.trim().toLocaleLowerCase();
		this.apply_filter();
	}

	is_narrowed() {
		return this.filter !== "all" || Boolean(this.search);
	}

	matches(row) {
		const found = `${row.code} ${row.title}`.toLocaleLowerCase().includes(this.search);
		return found && filter_by_key(this.filter).holds(this.model, row.code);
	}

	apply_filter() {
		const shown = new Set();
		for (const { row, element } of this.rows.values()) {
			const on = this.matches(row);
			const folded = !this.is_narrowed() && this.folded.has(row.code.split(".")[0]);
			element.hidden = !on || folded;
			if (on) for (let code = row.code; code; code = code.replace(/\.?[^.]*$/, "")) shown.add(code);
		}
		for (const heading of this.headings) {
			const area = heading.row.code.split(".")[0];
			const folded = !this.is_narrowed() && this.folded.has(area);
			heading.element.hidden = !shown.has(heading.row.code) || (folded && !heading.is_area);
			heading.show(!folded);
		}
		this.nothing.hidden = shown.size > 0;
	}

	toggle_area(area) {
		this.folded.has(area) ? this.folded.delete(area) : this.folded.add(area);
		this.toolbar.update();
		this.apply_filter();
	}

	all_folded() {
		return this.folded.size === this.areas?.size;
	}

	fold_all() {
		this.folded = this.all_folded() ? new Set() : new Set(this.areas.keys());
		this.toolbar.update();
		this.apply_filter();
	}

	// --- going to a row -----------------------------------------------------------------------------

	go_to(code, field) {
		const row = this.rows.get(code);
		if (!row) return;
		this.folded.delete(code.split(".")[0]);
		if (!this.matches(row.row)) {
			this.toolbar.search.value = this.search = "";
			this.filter = "all";
			this.toolbar.update();
		}
		this.apply_filter();
		row.focus(field);
		row.element.scrollIntoView({ block: "center" });
		row.element.classList.add("par-found");
		setTimeout(() => row.element.classList.remove("par-found"), 2000);
	}

	// Enter goes down to the same field of the next row, Shift+Enter up, as in a spreadsheet.
	step_row(event) {
		if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
		event.preventDefault();
		const side = event.target.closest(".par-appraised") ? "appraised" : "claimed";
		const rows = [...this.rows.values()].filter((row) => !row.element.hidden && row[side]?.editable);
		const here = rows.findIndex((row) => row.element.contains(event.target));
		rows[here + (event.shiftKey ? -1 : 1)]?.[side].focus();
	}
}
