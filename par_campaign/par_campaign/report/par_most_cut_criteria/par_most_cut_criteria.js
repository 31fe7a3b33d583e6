frappe.query_reports["PAR Most Cut Criteria"] = par_campaign.report({
	filters: par_campaign.report_filters(),

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (!data || !["title", "reasons"].includes(column.fieldname)) return text;
		return `<span title="${frappe.utils.escape_html(value || "")}">${text}</span>`;
	},
});
