// Small helpers shared by the app's reports and forms.
import "./campaign_overview.html";

frappe.provide("par_campaign");

// Open a report on the newest campaign the user may see, so that it shows something at once.
par_campaign.default_campaign = async function (report) {
	if (report.get_filter_value("campaign")) return;
	const campaigns = await frappe.db.get_list("PAR Campaign", {
		fields: ["name"],
		filters: { workflow_state: ["!=", "Draft"] },
		order_by: "year desc, creation desc",
		limit: 1,
	});
	if (campaigns.length) await report.set_filter_value("campaign", campaigns[0].name);
};

// Printing takes the server's data by the same filters, never what the browser shows.
par_campaign.add_print_buttons = function (report, kind) {
	const open = (format) => {
		const filters = report.get_filter_values();
		if (!filters.campaign) {
			frappe.msgprint(__("Choose a campaign first."));
			return;
		}
		const query = new URLSearchParams({ kind, filters: JSON.stringify(filters), format });
		window.open(`/api/method/par_campaign.documents.download?${query}`);
	};
	report.page.add_inner_button(__("PDF"), () => open("pdf"), __("Print List"));
	report.page.add_inner_button(__("Word"), () => open("docx"), __("Print List"));
	report.page.add_inner_button(__("Excel"), () => open("xlsx"), __("Print List"));
};

// Scorecard states in the order a scorecard passes through them.
par_campaign.card_states = [
	"Draft",
	"Submitted",
	"Under Appraisal",
	"Returned",
	"Appraised",
	"Proposed",
	"Awarded",
	"Not Awarded",
];
