// The line above the sheet: filters with their counts, a search, folding, and the standing index.

import { el, index } from "./format";
import { filters_for } from "./filters";
import { plan_buttons } from "./tasks";

export default class Toolbar {
	constructor(model, sheet) {
		Object.assign(this, { model, sheet });
		this.filters = el("div", { class: "par-filters", role: "group", "aria-label": __("Rows shown") });
		this.search = el("input", {
			type: "search",
			class: "form-control input-xs par-search",
			placeholder: __("Find a row"),
			"aria-label": __("Find a row"),
			oninput: () => sheet.set_search(this.search.value),
		});
		this.fold = el("button", {
			type: "button",
			class: "btn btn-default btn-xs",
			onclick: () => sheet.fold_all(),
		});
		this.standing = el("div", { class: "par-standing", role: "status" });
		this.plan = el("div", { class: "par-plan" });
		this.element = el(
			"div",
			{ class: "par-toolbar" },
			this.filters,
			this.search,
			this.fold,
			this.plan,
			this.standing
		);
	}

	update() {
		const { model, sheet } = this;
		const shown = filters_for(model).filter(
			({ key, count }) => count || ["all", sheet.filter].includes(key)
		);
		this.filters.replaceChildren(...shown.map((filter) => this.filter_button(filter)));
		this.fold.textContent = sheet.all_folded() ? __("Open all areas") : __("Fold all areas");
		this.plan.replaceChildren(...plan_buttons(model));
		this.standing.replaceChildren(...this.numbers());
	}

	filter_button({ key, text, count }) {
		const { sheet } = this;
		return el(
			"button",
			{
				type: "button",
				class: `btn btn-xs ${sheet.filter === key ? "btn-primary" : "btn-default"}`,
				"data-filter": key,
				"aria-pressed": String(sheet.filter === key),
				onclick: () => sheet.set_filter(key),
			},
			`${text} `,
			el("span", { class: "par-count" }, String(count))
		);
	}

	numbers() {
		const { numbers, may } = this.model;
		const parts = [el("span", {}, __("Self-scored"), " ", el("b", {}, index(numbers.self_index)))];
		if (!may.see_appraisal) return parts;
		parts.push(
			el(
				"span",
				{ title: numbers.trace },
				__("Appraised", null, "Score"),
				" ",
				el("b", {}, index(numbers.index))
			)
		);
		if (numbers.band) parts.push(el("span", { class: "indicator-pill blue" }, numbers.band));
		return parts;
	}
}
