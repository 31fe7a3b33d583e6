// Every published version of a campaign's results, with its digest and the workbook to recount it by.

import { el, datetime_text } from "../score_sheet/format";

export async function show_versions(frm) {
	const { name } = frm.doc;
	const wrapper = frm.get_field("versions_html").$wrapper.empty();
	if (!frm.doc.published_version) return;
	const versions = await frappe.db.get_list("PAR Published Result", {
		fields: [
			"name",
			"version",
			"published_on",
			"published_by",
			"digest",
			"superseded",
			"provisional",
			"correction_reason",
		],
		filters: { campaign: name },
		order_by: "version desc",
		limit: 100,
	});
	if (frm.doc.name !== name) return;
	wrapper.empty().append(
		el(
			"table",
			{ class: "table table-sm table-bordered par-versions" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					heads().map((head) => el("th", { scope: "col" }, head))
				)
			),
			el(
				"tbody",
				{},
				versions.map((version) => row(frm, version))
			)
		)
	);
}

function heads() {
	return [
		__("Version"),
		__("Published on"),
		__("State"),
		__("Reason for Correction"),
		__("Digest"),
		__("Download"),
	];
}

function row(frm, version) {
	return el(
		"tr",
		{},
		el(
			"td",
			{},
			el(
				"a",
				{ href: `/app/par-published-result/${encodeURIComponent(version.name)}` },
				String(version.version)
			)
		),
		el(
			"td",
			{},
			`${datetime_text(version.published_on)}, ${frappe.user.full_name(version.published_by)}`
		),
		el("td", {}, states(version)),
		el("td", {}, version.correction_reason || ""),
		el("td", {}, digest(version.digest)),
		el("td", {}, download_link(frm.doc.name, version.version))
	);
}

function states({ superseded, provisional }) {
	return [
		el(
			"span",
			{ class: `indicator-pill ${superseded ? "gray" : "green"}` },
			superseded ? __("Superseded") : __("In Force")
		),
		" ",
		el(
			"span",
			{ class: `indicator-pill ${provisional ? "orange" : "blue"}` },
			provisional ? __("Provisional") : __("Final")
		),
	];
}

export function digest(text) {
	return el(
		"button",
		{
			type: "button",
			class: "btn btn-link btn-xs par-digest",
			title: `${text}\n${__("Click to copy")}`,
			onclick: () => frappe.utils.copy_to_clipboard(text),
		},
		`${text.slice(0, 12)}…`
	);
}

export function download_link(campaign, version) {
	return el(
		"a",
		{
			href: par_campaign.download_address("results", { campaign, version }, "xlsx"),
			target: "_blank",
			rel: "noopener",
		},
		__("Results Workbook")
	);
}
