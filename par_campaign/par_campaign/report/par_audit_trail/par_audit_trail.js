const KINDS = [
	"Claim",
	"Score",
	"State",
	"Deadline",
	"Council",
	"Quota",
	"Class",
	"Tie-breaker",
	"External value",
	"Criteria set",
	"Evidence",
	"Question",
	"Vote",
	"Award",
	"Publication",
	"In the running",
	"Unit",
	"Membership",
	"Rules",
	"Comment",
	"Removal",
	"Break in history",
];

frappe.query_reports["PAR Audit Trail"] = par_campaign.report({
	filters: [
		...par_campaign.report_filters().filter(({ fieldname }) => ["campaign", "unit"].includes(fieldname)),
		{
			fieldname: "kind",
			label: __("Kind"),
			fieldtype: "Select",
			options: ["", ...KINDS].map((value) => ({ value, label: value && __(value) })),
		},
		{ fieldname: "user", label: __("Who"), fieldtype: "Data" }, // whoever audits reads no list of accounts
		{ fieldname: "from_date", label: __("From Date"), fieldtype: "Date" },
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
	],

	formatter(value, row, column, data, default_formatter) {
		if (!data || column.fieldtype !== "Data") return default_formatter(value, row, column, data);
		const text = frappe.utils.escape_html(value || ""); // what people wrote stands here, as they wrote it
		return `<span title="${text}" class="${emphasis(column.fieldname, data)}">${text}</span>`;
	},
});

function emphasis(fieldname, data) {
	if (fieldname === "own_unit") return "text-warning";
	return fieldname === "what" && data.is_removal ? "text-danger" : "";
}
