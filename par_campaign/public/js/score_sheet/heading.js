// An area or a criterion: its title and what stands below it, earned and possible.

import { el, icon, points } from "./format";
import { choice_box } from "./tasks";
import { why_link } from "./why_link";

export default class Heading {
	constructor(model, row, sheet) {
		Object.assign(this, { model, row, sheet });
		this.is_area = row.level === 0;
		this.sums = ["maximum", "self", ...(model.may.see_appraisal ? ["points"] : [])].map((part) => ({
			part,
			cell: el("td", { class: `par-sum par-sum-${part}` }),
		}));
		this.open = el("span", { class: "par-open-count" });
		this.choice = choice_box(model, row.code);
		this.element = el(
			"tr",
			{ class: this.is_area ? "par-area" : "par-criterion", "data-heading": row.code },
			el("th", { scope: "row", class: "par-code" }, this.choice.element, row.code),
			el("td", { class: "par-heading-title" }, this.is_area ? this.toggle() : row.title),
			this.sums.map(({ cell }) => cell)
		);
		this.update();
	}

	toggle() {
		const area = this.row.code;
		this.button = el(
			"button",
			{
				type: "button",
				class: "btn par-toggle",
				"aria-expanded": "true",
				onclick: () => this.sheet.toggle_area(area),
			},
			icon("down"),
			el("span", {}, this.row.title),
			this.open
		);
		return this.button;
	}

	update() {
		const { model, row } = this;
		this.choice.update();
		const sums = model.numbers.sums[row.code] || {};
		for (const { part, cell } of this.sums) {
			const text = el("span", { class: "par-points" }, points(sums[part]));
			const button = part === "points" && this.is_area ? this.accept_button() : null;
			const shown =
				part === "maximum" ? text : why_link(model, row.code, text, { stop: !model.may_claim });
			cell.replaceChildren(...[button, shown].filter(Boolean));
		}
		if (!this.is_area) return;
		const open = model.leaves_below(row.code).filter((leaf) => model.is_open(leaf.code)).length;
		const counts = open && (model.may_claim || model.may_appraise);
		this.open.textContent = counts ? __("{0} open", [open]) : "";
	}

	accept_button() {
		const rows = this.model.acceptable_below(this.row.code);
		if (!rows.length) return null;
		return el(
			"button",
			{
				type: "button",
				class: "btn btn-default btn-xs par-accept-area",
				title: __("Accept the {0} rows nobody has looked at as claimed", [rows.length]),
				onclick: () => {
					rows.forEach((row) => this.model.accept(row));
				},
			},
			__("Accept {0} as claimed", [rows.length])
		);
	}

	show(expanded) {
		this.button?.setAttribute("aria-expanded", String(expanded));
	}
}
