frappe.query_reports["PAR Evidence List"] = {
	filters: [
		...par_campaign.report_filters(),
		{ fieldname: "area", label: __("Area No."), fieldtype: "Data" },
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Pending", "Accepted", "Rejected"].map((value) => ({ value, label: value && __(value) })),
		},
	],
	initial_depth: 4,

	onload: (report) => par_campaign.default_campaign(report),

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (!data) return text;
		if (data.is_heading) return heading(column, text, data);
		if (data.is_missing && column.fieldname === "title") return `<span class="text-danger">${text}</span>`;
		if (column.fieldname === "file" && (value || "").startsWith("/")) {
			const name = frappe.utils.escape_html(value.split("/").pop());
			return `<a href="${encodeURI(value)}" target="_blank" rel="noopener">${name}</a>`;
		}
		return text;
	},
};

function heading(column, text, data) {
	if (column.fieldname === "supplementary") return "";
	if (column.fieldname === "title" && data.scorecard) return `<b>${par_campaign.scorecard_link(data, text)}</b>`;
	return data.indent <= 1 ? `<b>${text}</b>` : text;
}
