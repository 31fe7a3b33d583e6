// Which documents there are, what they are called, and how one is handed out.

// kind → label, and what it is made from
export const LABELS = {
	scorecard: () => __("Score Sheet"),
	evidence: () => __("List of Evidence"),
	summary: () => __("Summary of Achievements"),
	ranking: () => __("Ranking"),
	awards: () => __("List of Proposals"),
	submission: () => __("Submission for Awards"),
	minutes: () => __("Council Minutes"),
	decision: () => __("Award Decision"),
	budget: () => __("Award Budget"),
	assignment: () => __("Assignment Letter"),
	reminder: () => __("Reminder Letter"),
	regret: () => __("Letter to Units Not Chosen"),
	proposal: () => __("Proposal Sheet"),
	dossier: () => __("Award Dossier"),
	scorecards: () => __("All Score Sheets"),
	consolidated: () => __("Consolidated Workbook"),
};
export const ASKING = [
	"summary",
	"submission",
	"minutes",
	"decision",
	"budget",
	"assignment",
	"reminder",
	"regret",
];
export const IN_BACKGROUND = ["dossier", "scorecards", "consolidated"];
const FORMATS = { regret: { pdf: "PDF", zip: "ZIP" } };

export const AWARD_PAPERS = ["submission", "minutes", "decision", "budget", "regret", "dossier"];
export const CAMPAIGN_PAPERS = [
	"ranking",
	"awards",
	...AWARD_PAPERS,
	"assignment",
	"reminder",
	"scorecards",
	"consolidated",
];

// A refusal is said in a dialog of the desk, not on a page of its own.
async function open(kind, source, format) {
	await frappe.xcall("par_campaign.documents.check", { kind, filters: source });
	const address = par_campaign.download_address(kind, source, format);
	if (window.open(address)) return;
	frappe.msgprint(
		`<a href="${frappe.utils.escape_html(address)}" target="_blank">${__("Open the document")}</a>`
	);
}

// One button for each format: PDF to sign, Word to edit.
export function dialog_of(kind, source, options, before = async () => true) {
	const [[first, label], [second, other]] = Object.entries(FORMATS[kind] || { pdf: "PDF", docx: "Word" });
	const make = async (format) => {
		const values = dialog.get_values();
		if (!values || !(await before(values))) return;
		dialog.hide();
		await open(kind, { ...source, ...dialog.further?.(values) }, format);
	};
	const dialog = new frappe.ui.Dialog({
		...options,
		primary_action_label: label,
		primary_action: () => make(first),
		secondary_action_label: other,
		secondary_action: () => make(second),
	});
	dialog.show();
	return dialog;
}
