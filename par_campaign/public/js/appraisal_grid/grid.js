// The table of all units, its head, and moving about in it by keyboard.

import { el, points } from "../score_sheet/format";
import { stick } from "../score_sheet/stick";
import GridRow from "./grid_row";

const SHOWN = [
	{ key: "all", label: () => __("All units"), holds: () => true },
	{
		key: "open",
		label: () => __("To appraise"),
		holds: (model, row) => model.is_open(row) || model.edits.has(row.scorecard),
	},
	{ key: "differs", label: () => __("Differs"), holds: (model, row) => model.differs(row) },
	{ key: "closed", label: () => __("Not mine now"), holds: (model, row) => !row.editable },
];

export default class Grid {
	constructor(model, place, save) {
		Object.assign(this, { model, place, save, shown: "all", rows: new Map() });
	}

	// Anew for another criterion; else only what has changed, so that the focus stays.
	update(row) {
		const { model } = this;
		if (!model.criterion) return this.place.replaceChildren();
		if (row) {
			this.rows.get(row.scorecard)?.update();
			return this.update_toolbar();
		}
		if (this.made_for !== model.place) this.build();
		for (const each of model.rows) {
			const part = this.rows.get(each.scorecard);
			if (part?.is_made_for(each)) part.update();
			else this.put(each, part);
		}
		this.update_toolbar();
		this.apply_filter();
	}

	build() {
		const { model } = this;
		this.made_for = model.place;
		this.rows = new Map();
		this.body = el("tbody", {});
		this.filters = el("div", { class: "par-filters", role: "group", "aria-label": __("Units shown") });
		this.accept_all = el("button", {
			type: "button",
			class: "btn btn-default btn-xs par-accept-all",
			onclick: () => this.accept(),
		});
		this.save_button = el("button", {
			type: "button",
			class: "btn btn-primary btn-xs par-grid-save",
			onclick: () => this.save(),
		});
		this.nothing = el("p", { class: "par-nothing text-muted" }, __("No unit is like this."));
		const heads = [
			__("Unit"),
			__("Self-scored"),
			__("Appraised", null, "Score"),
			__("Reason"),
			__("State"),
		];
		const table = el(
			"table",
			{ class: "par-sheet par-grid", onkeydown: (event) => this.step(event) },
			el(
				"colgroup",
				{},
				["unit", "claim", "appraised", "note", "state"].map((name) =>
					el("col", { class: `par-grid-col-${name}` })
				)
			),
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					heads.map((head) => el("th", { scope: "col" }, head))
				)
			),
			this.body
		);
		const toolbar = el("div", { class: "par-toolbar" }, this.filters, this.accept_all, this.save_button);
		this.place.replaceChildren(this.head(model.criterion), toolbar, table, this.nothing);
		this.stop_sticking?.();
		this.stop_sticking = stick(toolbar, table.tHead);
	}

	head(criterion) {
		return el(
			"div",
			{ class: "par-grid-head" },
			el("h4", {}, `${criterion.code} ${criterion.title}`),
			el(
				"div",
				{ class: "par-help" },
				__("Maximum {0}", [points(criterion.maximum)]),
				" · ",
				criterion.help
			),
			criterion.guidance &&
				el(
					"details",
					{ class: "par-guidance" },
					el("summary", {}, __("Guidance")),
					el("div", {}, criterion.guidance)
				),
			el(
				"div",
				{ class: "par-note" },
				__("Enter and the arrow keys go to the next unit, Ctrl+S saves.")
			)
		);
	}

	put(row, old) {
		const part = new GridRow(this.model, row);
		this.rows.set(row.scorecard, part);
		old ? old.element.replaceWith(part.element) : this.body.append(part.element);
	}

	// --- what is shown -------------------------------------------------------------------------

	update_toolbar() {
		const { model } = this;
		this.filters.replaceChildren(...SHOWN.map((filter) => this.filter_button(filter)));
		const rows = model.acceptable();
		this.accept_all.hidden = !rows.length;
		this.accept_all.textContent = __("Accept {0} as claimed", [rows.length]);
		this.save_button.hidden = !model.is_dirty;
		this.save_button.textContent = __("Save {0} units", [model.edits.size]);
		this.accept_all.title = __("Accept the units nobody has looked at as claimed. Save afterwards.");
	}

	filter_button({ key, label, holds }) {
		const count = this.model.rows.filter((row) => holds(this.model, row)).length;
		const on = this.shown === key;
		return el(
			"button",
			{
				type: "button",
				class: `btn btn-xs ${on ? "btn-primary" : "btn-default"}`,
				"data-filter": key,
				"aria-pressed": String(on),
				onclick: () => this.set_filter(key),
			},
			`${label()} `,
			el("span", { class: "par-count" }, String(count))
		);
	}

	set_filter(key) {
		this.shown = key;
		this.update_toolbar();
		this.apply_filter();
	}

	apply_filter() {
		const { holds } = SHOWN.find((filter) => filter.key === this.shown);
		let any = false;
		for (const part of this.rows.values()) {
			const on = Boolean(holds(this.model, part.row));
			part.element.hidden = !on;
			any ||= on;
		}
		this.nothing.hidden = any;
	}

	accept() {
		this.model.acceptable().forEach((row) => this.model.accept(row));
	}

	// --- keyboard ------------------------------------------------------------------------------------

	step(event) {
		const direction = step_of(event);
		if (!direction) return;
		event.preventDefault();
		const rows = [...this.rows.values()].filter((part) => part.editable && !part.element.hidden);
		const here = rows.findIndex((part) => part.element.contains(event.target));
		rows[here + direction]?.focus_like(event.target);
	}

	focus_first() {
		const rows = [...this.rows.values()].filter((part) => part.editable && !part.element.hidden);
		(rows.find((part) => this.model.is_open(part.row)) || rows[0])?.claim.focus();
	}
}

// Down is 1, up is -1, 0 is not for us: arrows belong to lists, answers and text of several lines.
function step_of({ key, shiftKey, altKey, ctrlKey, isComposing, target }) {
	if (isComposing || altKey || ctrlKey || !target.matches("input, select, textarea")) return 0;
	if (key === "Enter") return target.matches("textarea") && shiftKey ? 0 : shiftKey ? -1 : 1;
	if (!target.matches("input[type=text]")) return 0;
	return { ArrowDown: 1, ArrowUp: -1 }[key] || 0;
}
