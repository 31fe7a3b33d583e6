// Next year's campaign from this one, and what differs between the two.

import { el } from "../score_sheet/format";

const SERVER = "par_campaign.par_campaign.doctype.par_campaign.carry_over";
const COLOURS = { Added: "green", Removed: "red", Changed: "orange" };

export function offer_carry_over(frm) {
	if (frappe.model.can_create("PAR Campaign")) {
		frm.add_custom_button(__("New Campaign from This One"), () => ask(frm), __("Next Year"));
	}
	if (frm.doc.carried_from)
		frm.add_custom_button(__("What Changed"), () => show_changes(frm.doc.name), __("Next Year"));
}

function ask(frm) {
	const { name, year, title } = frm.doc;
	const dialog = new frappe.ui.Dialog({
		title: __("New Campaign from This One"),
		fields: [
			{
				fieldtype: "HTML",
				options: `<p>${__("Groups, criteria sets as drafts, council, quotas, classes, tie-breakers and dates are taken over. Nothing of this campaign changes.")}</p>`,
			},
			{ fieldname: "year", fieldtype: "Int", label: __("Year"), reqd: 1, default: year + 1 },
			{
				fieldname: "title",
				fieldtype: "Data",
				label: __("Title"),
				reqd: 1,
				default: title.replaceAll(String(year), String(year + 1)),
			},
		],
		primary_action_label: __("Make the Campaign"),
		async primary_action(values) {
			dialog.disable_primary_action();
			try {
				const { message } = await frappe.call({
					method: `${SERVER}.carry_over`,
					args: { campaign: name, ...values },
					freeze: true,
				});
				dialog.hide();
				await frappe.set_route("Form", "PAR Campaign", message);
				await show_changes(message);
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
}

async function show_changes(campaign) {
	const found = await frappe.xcall(`${SERVER}.what_changed`, { campaign });
	const dialog = new frappe.ui.Dialog({
		title: __("What Changed since {0}", [frappe.utils.escape_html(found.before)]),
		size: "extra-large",
		fields: [{ fieldname: "body", fieldtype: "HTML" }],
	});
	dialog.fields_dict.body.$wrapper.append(
		found.notes.length
			? el(
					"ul",
					{},
					found.notes.map((note) => el("li", {}, note))
				)
			: null,
		el("h5", {}, __("Units")),
		...units(found.units),
		el("h5", {}, __("Criteria Sets")),
		...found.sets.flatMap(of_group)
	);
	dialog.show();
}

function units({ added, gone, moved }) {
	if (!added.length && !gone.length && !moved.length)
		return [el("p", { class: "text-muted" }, __("The same units in the same groups and clusters."))];
	const line = (colour, label, list, text) =>
		list.length
			? el("p", {}, pill(colour, `${label} (${list.length})`), " ", list.map(text).join("; "))
			: null;
	return [
		line("green", __("Added"), added, (unit) => `${unit.unit_name} (${unit.place})`),
		line("red", __("No longer there"), gone, (unit) => `${unit.unit_name} (${unit.place})`),
		line("orange", __("Moved"), moved, (unit) => `${unit.unit_name}: ${unit.from} → ${unit.place}`),
	].filter(Boolean);
}

function pill(colour, text) {
	return el("span", { class: `indicator-pill ${colour}` }, text);
}

function of_group({ unit_group, criteria_set, rows, is_new }) {
	const head = el(
		"p",
		{},
		el("b", {}, unit_group),
		" · ",
		el("a", { href: `/app/par-criteria-set/${encodeURIComponent(criteria_set)}` }, criteria_set)
	);
	if (is_new)
		return [head, el("p", { class: "text-muted" }, __("A group that was not in the campaign before."))];
	if (!rows.length) return [head, el("p", { class: "text-muted" }, __("No row differs."))];
	return [
		head,
		el(
			"table",
			{ class: "table table-sm table-bordered" },
			el(
				"tbody",
				{},
				rows.map((row) =>
					el(
						"tr",
						{},
						el("td", {}, pill(COLOURS[row.kind], __(row.kind))),
						el("td", {}, row.code),
						el("td", {}, row.title),
						el("td", {}, row.parts.map(part))
					)
				)
			)
		),
	];
}

function part({ what, before, after }) {
	return el("div", {}, `${__(what)}: ${__(before) || "–"} → ${__(after) || "–"}`);
}
