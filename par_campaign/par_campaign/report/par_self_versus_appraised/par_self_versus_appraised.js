frappe.query_reports["PAR Self versus Appraised"] = par_campaign.report({
	filters: [
		...par_campaign.report_filters(),
		{ fieldname: "include_open", label: __("Also Those under Appraisal"), fieldtype: "Check" },
	],

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (!data) return text;
		if (column.fieldname === "unit_name") return par_campaign.scorecard_link(data, text);
		const is_change = column.fieldname === "change" || column.fieldname.startsWith("area_");
		return is_change ? par_campaign.coloured_change(value, text) : text;
	},
});
