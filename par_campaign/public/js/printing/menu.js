// The menus "Print" of forms, list and reports.

import { ask } from "./ask";
import { show_bundle } from "./bundle";
import { ASKING, AWARD_PAPERS, CAMPAIGN_PAPERS, IN_BACKGROUND, LABELS, dialog_of } from "./kinds";

frappe.provide("par_campaign");

// Units print their own papers only; the server refuses the rest whatever is shown here.
function is_provincial() {
	const roles = [
		"PAR Appraiser",
		"PAR Appraisal Lead",
		"PAR Council Secretary",
		"PAR Chairman",
		"PAR Auditor",
		"PAR Campaign Manager",
		"System Manager",
	];
	return frappe.session.user === "Administrator" || roles.some((role) => frappe.user.has_role(role));
}

// A menu "Print" of these kinds on a form; `source` is what they are made from.
par_campaign.add_document_menu = function (frm, kinds, source) {
	for (const kind of kinds) {
		frm.add_custom_button(LABELS[kind](), () => print(frm, kind, source), __("Print"));
	}
};

par_campaign.add_campaign_documents = function (frm) {
	if (!is_provincial()) return;
	par_campaign.add_document_menu(frm, CAMPAIGN_PAPERS, { campaign: frm.doc.name });
};

par_campaign.add_scorecard_documents = function (frm) {
	const { name, campaign, unit } = frm.doc;
	par_campaign.add_document_menu(frm, ["scorecard", "evidence", "summary"], {
		scorecard: name,
		campaign,
		unit,
	});
	if (!is_provincial()) par_campaign.add_document_menu(frm, ["assignment"], { campaign, unit });
};

par_campaign.add_proposal_documents = function (frm) {
	const { name, campaign, scorecard, unit } = frm.doc;
	par_campaign.add_document_menu(frm, ["proposal"], { proposal: name });
	par_campaign.add_document_menu(frm, ["summary", "scorecard"], { scorecard, campaign, unit });
	if (is_provincial()) par_campaign.add_document_menu(frm, AWARD_PAPERS, { campaign });
};

par_campaign.add_report_documents = function (report) {
	for (const kind of AWARD_PAPERS) {
		report.page.add_inner_button(
			LABELS[kind](),
			() => {
				const campaign = report.get_filter_value("campaign");
				if (!campaign) return frappe.msgprint(__("Choose a campaign first."));
				return par_campaign.open_document(kind, { campaign });
			},
			__("Print")
		);
	}
};

// The whole campaign as one workbook, which is also what a recount reads.
par_campaign.add_consolidated_button = function (report) {
	const open = () => {
		const campaign = report.get_filter_value("campaign");
		if (!campaign) return frappe.msgprint(__("Choose a campaign first."));
		return par_campaign.open_document("consolidated", { campaign });
	};
	if (is_provincial()) report.page.add_inner_button(LABELS.consolidated(), open, __("Print List"));
};

// A list may show several campaigns: take the one it is filtered by, else ask.
par_campaign.add_list_documents = function (listview) {
	if (!is_provincial()) return;
	for (const kind of AWARD_PAPERS) {
		listview.page.add_inner_button(
			LABELS[kind](),
			() => with_campaign(listview, (campaign) => par_campaign.open_document(kind, { campaign })),
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
	const { campaign, unit, kind } = frm.doc;
	const key = frm.doc.name.slice(campaign.length + 1, unit ? -unit.length - 1 : undefined);
	const source = { campaign, unit: unit || undefined };
	if (key === "summary") source.scorecard = `${campaign}-${unit}`;
	frm.add_custom_button(__(kind), () => print(frm, key, source), __("Print"));
};

par_campaign.open_document = function (kind, source) {
	if (IN_BACKGROUND.includes(kind)) return show_bundle(kind, source);
	return ASKING.includes(kind) ? ask(kind, source) : choose_format(kind, source);
};

async function print(frm, kind, source) {
	if (frm.is_dirty()) return frappe.msgprint(__("Save first: documents are made from what is saved."));
	return par_campaign.open_document(kind, source);
}

function choose_format(kind, source) {
	return dialog_of(kind, source, {
		title: LABELS[kind](),
		fields: [{ fieldtype: "HTML", options: __("Made from the data as it is saved now.") }],
	});
}
