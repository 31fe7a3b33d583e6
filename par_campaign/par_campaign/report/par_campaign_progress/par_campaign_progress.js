frappe.query_reports["PAR Campaign Progress"] = par_campaign.report({
	filters: [
		...par_campaign.report_filters(),
		{
			fieldname: "progress",
			label: __("How Far"),
			fieldtype: "Select",
			options: [
				"",
				"Not begun",
				"In work",
				"Overdue",
				"Handed in",
				"Being appraised",
				"Returned for supplement",
				"Appraisal closed",
				"No scorecard",
				"Out of the campaign",
			].map((value) => ({ value, label: value && __(value) })),
		},
	],

	formatter(value, row, column, data, default_formatter) {
		if (!data) return default_formatter(value, row, column, data);
		if (column.fieldname === "progress") {
			return `<span class="indicator-pill ${COLOURS[value] || "gray"}">${__(value)}</span>`;
		}
		const text = default_formatter(value, row, column, data);
		if (column.fieldname === "unit_name") return par_campaign.scorecard_link(data, text);
		if (column.fieldname === "days_left" && value < 0) return `<b class="text-danger">${text}</b>`;
		if (column.fieldname === "late_days" && value) return `<span class="text-danger">${text}</span>`;
		return text;
	},
});

const COLOURS = {
	"Not begun": "gray",
	"In work": "light-blue",
	"Handed in": "blue",
	"Being appraised": "purple",
	"Returned for supplement": "orange",
	"Appraisal closed": "green",
	Overdue: "red",
	"No scorecard": "red",
	"Out of the campaign": "gray",
};
