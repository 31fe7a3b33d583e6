frappe.query_reports["PAR Heat Map"] = {
	filters: [
		...par_campaign.report_filters(),
		{
			fieldname: "score",
			label: __("Score"),
			fieldtype: "Select",
			options: ["Appraised", "Self-scored"].map((value) => ({ value, label: __(value) })),
			default: "Appraised",
		},
	],

	async onload(report) {
		await frappe.require("reports.bundle.css");
		await par_campaign.default_campaign(report);
	},

	formatter(value, row, column, data, default_formatter) {
		if (!data) return default_formatter(value, row, column, data);
		if (column.fieldname.startsWith("area_") || column.fieldname === "index") {
			return par_campaign.heat_cell(value, data.scale_from);
		}
		const text = default_formatter(value, row, column, data);
		if (data.is_mean) return `<b>${text}</b>`;
		return column.fieldname === "unit_name" ? par_campaign.scorecard_link(data, text) : text;
	},
};
