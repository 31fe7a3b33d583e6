frappe.query_reports["PAR Year on Year"] = {
	filters: [
		...par_campaign.report_filters(),
		{
			fieldname: "previous",
			label: __("Compared with"),
			fieldtype: "Link",
			options: "PAR Campaign",
		},
	],

	onload: (report) => par_campaign.default_campaign(report),

	formatter(value, row, column, data, default_formatter) {
		if (data && value == null && ["before", "after", "change"].includes(column.fieldname)) return "";
		const text = default_formatter(value, row, column, data);
		if (!data) return text;
		if (column.fieldname === "change") return par_campaign.coloured_change(value, text);
		return data.is_whole ? `<b>${text}</b>` : text;
	},
};
