frappe.query_reports["PAR Heat Map"] = par_campaign.report({
	filters: [
		...par_campaign.report_filters(),
		{
			fieldname: "score",
			label: __("Score"),
			fieldtype: "Select",
			options: ["Appraised", "Self-scored"].map((value) => ({
				value,
				label: __(value, null, "Score"),
			})),
			default: "Appraised",
		},
	],

	formatter(value, row, column, data, default_formatter) {
		if (!data) return default_formatter(value, row, column, data);
		if (column.fieldname.startsWith("area_") || column.fieldname === "index") {
			return par_campaign.heat_cell(value, data.scale_from);
		}
		const text = default_formatter(value, row, column, data);
		if (data.is_mean) return `<b>${text}</b>`;
		return column.fieldname === "unit_name" ? par_campaign.scorecard_link(data, text) : text;
	},
});
