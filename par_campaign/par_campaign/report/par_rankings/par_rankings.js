frappe.query_reports["PAR Rankings"] = par_campaign.report({
	filters: [
		{
			fieldname: "campaign",
			label: __("Campaign"),
			fieldtype: "Link",
			options: "PAR Campaign",
			reqd: 1,
			on_change: (report) => {
				if (report._no_refresh) return;
				report.set_filter_value("cluster", "");
				report.refresh();
			},
		},
		{
			fieldname: "unit_group",
			label: __("Group"),
			fieldtype: "Link",
			options: "PAR Unit Group",
		},
		{ fieldname: "cluster", label: __("Cluster"), fieldtype: "Data" },
		{ fieldname: "whole_group", label: __("Rank over Whole Group"), fieldtype: "Check" },
	],

	onload(report) {
		par_campaign.add_print_buttons(report, "ranking");
		par_campaign.add_consolidated_button(report);
	},

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (!data) return text;
		if (column.fieldname === "change" && data.change) {
			const colour = data.change < 0 ? "text-danger" : "text-success";
			return `<span class="${colour}">${text}</span>`;
		}
		if (["place", "index_score"].includes(column.fieldname)) return par_campaign.why_cell(data, text);
		return text;
	},
});
