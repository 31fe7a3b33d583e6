frappe.query_reports["PAR Award Proposals"] = par_campaign.report({
	filters: [
		{
			fieldname: "campaign",
			label: __("Campaign"),
			fieldtype: "Link",
			options: "PAR Campaign",
			reqd: 1,
		},
		{
			fieldname: "unit_group",
			label: __("Group"),
			fieldtype: "Link",
			options: "PAR Unit Group",
		},
		{
			fieldname: "award_level",
			label: __("Award"),
			fieldtype: "Link",
			options: "PAR Award Level",
		},
		{ fieldname: "show_all", label: __("Show Units That Do Not Qualify"), fieldtype: "Check" },
	],

	get_datatable_options(options) {
		return Object.assign(options, { checkboxColumn: true });
	},

	onload(report) {
		par_campaign.add_print_buttons(report, "awards");
		par_campaign.add_consolidated_button(report);
		par_campaign.add_report_documents(report);
		if (frappe.user.has_role("PAR Council Secretary")) {
			report.page
				.add_inner_button(__("Propose Selected"), () => propose(report))
				.addClass("btn-primary");
		}
	},

	formatter(value, row, column, data, default_formatter) {
		if (data && column.fieldname === "selection") {
			const colours = { Qualified: "green", "Tied at cut-off": "orange" };
			const colour = colours[data.selection] || "gray";
			return `<span class="indicator-pill ${colour}">${__(data.selection)}</span>`;
		}
		if (data && column.fieldname === "state" && value) return __(value);
		if (data && ["rank", "index_score", "reasons"].includes(column.fieldname)) {
			return par_campaign.why_cell(data, default_formatter(value, row, column, data));
		}
		return default_formatter(value, row, column, data);
	},
});

async function propose(report) {
	const chosen = report.datatable.rowmanager.getCheckedRows().map((i) => report.data[i]);
	const rows = chosen.filter((row) => row && !row.proposal);
	if (!rows.length) {
		frappe.msgprint(__("Tick the units to propose first. Units already proposed are left out."));
		return;
	}
	const { message: made } = await frappe.call({
		method: "par_campaign.par_campaign.doctype.par_award_proposal.make.make_proposals",
		args: {
			campaign: report.get_filter_value("campaign"),
			choices: rows.map((row) => ({ unit: row.unit, award_level: row.award_level })),
		},
		freeze: true,
		freeze_message: __("Making proposals"),
	});
	frappe.show_alert({ message: __("{0} proposals made", [made.length]), indicator: "green" });
	report.refresh();
}
