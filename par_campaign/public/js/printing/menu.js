// The menus "Print" of forms, list and reports.

import { ask } from "./ask";
import { show_bundle } from "./bundle";
import { dialog_of, kind_of, kinds_at } from "./kinds";

frappe.provide("par_campaign");

// A menu "Print" of what is offered in a place, on a form; `source` is what documents are made from.
par_campaign.add_document_menu = function (frm, place, source) {
	for (const kind of kinds_at(place)) {
		frm.add_custom_button(__(kind.label), () => print(frm, kind.key, source), __("Print"));
	}
};

par_campaign.add_campaign_documents = function (frm) {
	par_campaign.add_document_menu(frm, "campaign", { campaign: frm.doc.name });
};

par_campaign.add_scorecard_documents = function (frm) {
	const { name, campaign, unit } = frm.doc;
	par_campaign.add_document_menu(frm, "scorecard", { scorecard: name, campaign, unit });
};

par_campaign.add_proposal_documents = function (frm) {
	const { name, campaign, scorecard, unit } = frm.doc;
	par_campaign.add_document_menu(frm, "proposal", { proposal: name, scorecard, campaign, unit });
	par_campaign.add_document_menu(frm, "awards", { campaign });
};

par_campaign.add_report_documents = function (report) {
	for (const kind of kinds_at("awards")) {
		report.page.add_inner_button(__(kind.label), () => open_of_report(report, kind.key), __("Print"));
	}
};

// The whole campaign as one workbook, which is also what a recount reads.
par_campaign.add_consolidated_button = function (report) {
	const kind = kind_of("consolidated");
	if (!kind) return;
	report.page.add_inner_button(__(kind.label), () => open_of_report(report, kind.key), __("Print List"));
};

function open_of_report(report, key) {
	const campaign = report.get_filter_value("campaign");
	if (!campaign) return frappe.msgprint(__("Choose a campaign first."));
	return par_campaign.open_document(key, { campaign });
}

// A list may show several campaigns: take the one it is filtered by, else ask.
par_campaign.add_list_documents = function (listview) {
	for (const { key, label } of kinds_at("awards")) {
		listview.page.add_inner_button(
			__(label),
			() => with_campaign(listview, (campaign) => par_campaign.open_document(key, { campaign })),
			__("Print")
		);
	}
};

// The campaign the list is narrowed to; asked for where it is not.
par_campaign.with_campaign = with_campaign;

function with_campaign(listview, act) {
	const filter = listview.filter_area
		.get()
		.find(([, field, condition]) => field === "campaign" && condition === "=");
	if (filter) return act(filter[3]);
	const newest = listview.data[0]?.campaign;
	frappe.prompt(
		[
			{
				fieldname: "campaign",
				fieldtype: "Link",
				options: "PAR Campaign",
				label: __("Campaign"),
				reqd: 1,
				default: newest,
			},
		],
		({ campaign }) => act(campaign),
		__("Campaign"),
		__("Continue")
	);
}

// On what a document is asked for itself.
par_campaign.add_own_document = function (frm) {
	const { campaign, unit } = frm.doc;
	const kind = (frappe.boot.par_documents || []).find(({ label }) => label === frm.doc.kind);
	if (!kind) return;
	const source = { campaign, unit: unit || undefined };
	if (kind.places.includes("scorecard") && unit) source.scorecard = `${campaign}-${unit}`;
	frm.add_custom_button(__(kind.label), () => print(frm, kind.key, source), __("Print"));
};

par_campaign.open_document = function (key, source) {
	const kind = kind_of(key);
	if (kind.in_background) return show_bundle(kind, source);
	return kind.asks ? ask(kind, source) : choose_format(kind, source);
};

async function print(frm, key, source) {
	if (frm.is_dirty()) return frappe.msgprint(__("Save first: documents are made from what is saved."));
	return par_campaign.open_document(key, source);
}

function choose_format(kind, source) {
	return dialog_of(kind, source, {
		title: __(kind.label),
		fields: [{ fieldtype: "HTML", options: __("Made from the data as it is saved now.") }],
	});
}
