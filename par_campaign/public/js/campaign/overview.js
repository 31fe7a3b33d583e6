// At the top of a campaign: how many of its units have a scorecard, and how far each group is.

import { el } from "../score_sheet/format";
import { checklist } from "./checklist";

const SERVER = "par_campaign.par_campaign.doctype.par_campaign.desk";

export async function show_overview(frm) {
	const { name } = frm.doc;
	const draft = frm.doc.workflow_state === "Draft";
	const groups = (await frm.call("coverage")).message || [];
	const preparing =
		draft && frm.perm[0].write ? await frappe.xcall(`${SERVER}.before_launch`, { campaign: name }) : null;
	if (frm.doc.name !== name) return groups;
	const wrapper = frm.get_field("overview_html").$wrapper.empty();
	if (preparing) wrapper.append(to_do(frm, preparing));
	else if (!draft && groups.length) wrapper.append(progress(frm, groups));
	return groups;
}

function to_do(frm, { missing, hints }) {
	if (!missing.length && !hints.length) {
		return el("div", { class: "par-box par-box-good" }, __("Ready to launch."));
	}
	return el(
		"div",
		{ class: "par-box" },
		missing.length
			? [el("b", {}, __("Missing before the launch")), checklist(missing, frm)]
			: el("b", {}, __("Ready to launch.")),
		hints.length ? shortened(hints, frm) : null
	);
}

function shortened(hints, frm) {
	return el(
		"details",
		{ open: hints.length <= 4 },
		el("summary", {}, __("Worth a look ({0})", [hints.length])),
		checklist(hints, frm)
	);
}

// --- progress ------------------------------------------------------------------------------------

function progress(frm, groups) {
	const all = groups.map((group) => group.states).reduce(add, {});
	return el(
		"div",
		{ class: "par-box" },
		coverage_line(groups),
		legend(frm, all),
		groups.length > 1 ? group_row(frm, __("All groups"), all, null) : null,
		groups.map((group) => group_row(frm, group.unit_group, group.states, group))
	);
}

function add(sum, states) {
	const total = { ...sum };
	for (const [state, number] of Object.entries(states)) total[state] = (total[state] || 0) + number;
	return total;
}

export function coverage_of(groups) {
	const units = groups.reduce((sum, group) => sum + group.units, 0);
	const missing = groups.flatMap((group) => group.missing);
	return { units, missing, percent: units ? Math.floor(((units - missing.length) * 100) / units) : 0 };
}

function coverage_line(groups) {
	const { units, missing, percent } = coverage_of(groups);
	const text = __("{0} of {1} units have a scorecard ({2} %)", [units - missing.length, units, percent]);
	return el(
		"div",
		{ class: "par-coverage" },
		el("span", { class: `indicator-pill ${missing.length ? "red" : "green"}` }, text),
		missing.length
			? el(
					"span",
					{ class: "text-danger small" },
					`${__("Missing")}: ${missing.slice(0, 10).join(", ")}${missing.length > 10 ? " …" : ""}`
				)
			: null
	);
}

function legend(frm, states) {
	return el(
		"div",
		{ class: "par-legend" },
		par_campaign.card_states
			.filter((state) => states[state])
			.map((state) =>
				el(
					"a",
					{ href: list_address(frm, { workflow_state: state }), class: "par-legend-item" },
					el("span", { class: `par-dot ${colour_class(state)}` }),
					`${__(state)}: ${states[state]}`
				)
			)
	);
}

function group_row(frm, name, states, group) {
	const made = Object.values(states).reduce((sum, number) => sum + number, 0);
	const bar = el(
		"div",
		{ class: "par-state-bar" },
		par_campaign.card_states
			.filter((state) => states[state])
			.map((state) => segment(frm, state, states[state], made, group))
	);
	return el(
		"div",
		{ class: "par-group-row" },
		el("div", { class: "par-group-name" }, name),
		bar,
		el("div", { class: "par-group-count" }, group ? `${made}/${group.units}` : String(made))
	);
}

function segment(frm, state, number, made, group) {
	const filters = { workflow_state: state, ...(group && { unit_group: group.unit_group }) };
	const label = `${__(state)}: ${number}`;
	const part = el(
		"a",
		{
			href: list_address(frm, filters),
			class: `par-segment ${colour_class(state)}`,
			title: label,
			"aria-label": label,
		},
		String(number)
	);
	part.style.flexGrow = number;
	return part;
}

function colour_class(state) {
	return `par-state-${frappe.scrub(state)}`;
}

function list_address(frm, filters) {
	return `/app/par-unit-scorecard?${new URLSearchParams({ campaign: frm.doc.name, ...filters })}`;
}
