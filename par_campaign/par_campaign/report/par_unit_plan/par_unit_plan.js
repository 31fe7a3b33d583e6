frappe.query_reports["PAR Unit Plan"] = par_campaign.report({
	filters: [
		{ fieldname: "campaign", label: __("Campaign"), fieldtype: "Link", options: "PAR Campaign", reqd: 1 },
		{
			fieldname: "by",
			label: __("By"),
			fieldtype: "Select",
			options: [
				{ value: "division", label: __("Division") },
				{ value: "person", label: __("Person") },
			],
			default: "division",
			reqd: 1,
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (column.fieldname === "late" && data?.late)
			return `<span class="text-danger"><b>${text}</b></span>`;
		return text;
	},
});
