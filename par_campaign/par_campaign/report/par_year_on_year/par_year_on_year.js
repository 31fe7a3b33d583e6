frappe.query_reports["PAR Year on Year"] = par_campaign.report({
	filters: [
		...par_campaign.report_filters(),
		{
			fieldname: "previous",
			label: __("Compared with"),
			fieldtype: "Link",
			options: "PAR Campaign",
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (!data) return text;
		if (column.fieldname === "change") return par_campaign.coloured_change(value, text);
		return data.is_whole ? `<b>${text}</b>` : text;
	},
});
