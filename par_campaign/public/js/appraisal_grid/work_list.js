// The user's rows of the criteria set with how many units are open: what there is to do.

import { el } from "../score_sheet/format";

export default class WorkList {
	constructor(place, choose) {
		Object.assign(this, { place, choose, open_only: false });
	}

	show(group, code) {
		Object.assign(this, { group, code });
		const leaves = group ? group.rows.filter((row) => row.leaf) : [];
		const open = leaves.reduce((sum, row) => sum + row.open, 0);
		this.place.replaceChildren(
			el(
				"div",
				{ class: "par-work-head" },
				el("b", {}, __("My rows")),
				el("span", { class: "text-muted" }, open ? __("{0} open", [open]) : __("Nothing open")),
				this.only_open()
			),
			this.list(group),
			group?.waiting
				? el(
						"p",
						{ class: "par-note" },
						__("{0} units are not with the appraisers now.", [group.waiting])
					)
				: ""
		);
		this.place.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
	}

	only_open() {
		const box = el("input", {
			type: "checkbox",
			checked: this.open_only,
			onchange: () => {
				this.open_only = box.checked;
				this.show(this.group, this.code);
			},
		});
		return el("label", { class: "par-applies" }, box, __("Open only"));
	}

	list(group) {
		if (!group?.rows.length)
			return el("p", { class: "text-muted" }, __("The council has given you no rows in this group."));
		const shown = (row) =>
			!this.open_only ||
			(row.leaf ? row.open || row.code === this.code : this.any_open(group, row.code));
		return el(
			"div",
			{ class: "par-work" },
			group.rows.filter(shown).map((row) => (row.leaf ? this.leaf(row) : heading(row)))
		);
	}

	any_open(group, code) {
		return group.rows.some(
			(row) => row.leaf && row.code.startsWith(`${code}.`) && (row.open || row.code === this.code)
		);
	}

	leaf(row) {
		const done = row.units ? `${row.units - row.open} / ${row.units}` : "–";
		return el(
			"button",
			{
				type: "button",
				class: "btn par-work-row",
				"data-code": row.code,
				"aria-current": row.code === this.code ? "true" : null,
				"aria-label": `${row.code} ${row.title}: ${__("{0} of {1} units appraised", [row.units - row.open, row.units])}`,
				title: `${row.title}: ${__("{0} of {1} units appraised", [row.units - row.open, row.units])}`,
				onclick: () => this.choose(row.code),
			},
			el("span", { class: "par-code" }, row.code),
			el("span", { class: "par-work-title" }, row.title),
			el(
				"span",
				{
					class: `indicator-pill no-indicator-dot ${row.open ? "orange" : row.units ? "green" : "gray"}`,
				},
				done
			)
		);
	}
}

function heading(row) {
	const area = !row.code.includes(".");
	return el("div", { class: area ? "par-work-area" : "par-work-criterion" }, `${row.code} ${row.title}`);
}
