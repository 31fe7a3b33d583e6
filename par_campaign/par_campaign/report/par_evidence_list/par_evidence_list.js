frappe.query_reports["PAR Evidence List"] = par_campaign.report({
	filters: [
		...par_campaign.report_filters(),
		{ fieldname: "area", label: __("Area"), fieldtype: "Data" },
		{
			fieldname: "status",
			label: __("Status"),
			fieldtype: "Select",
			options: ["", "Pending", "Accepted", "Rejected"].map((value) => ({
				value,
				label: value && __(value),
			})),
		},
	],
	initial_depth: 4,

	onload(report) {
		const button = (label, action) =>
			report.page.add_inner_button(label, () => action(report), __("Hand Out"));
		button(__("PDF"), (of) => paper(of, "pdf"));
		button(__("Word"), (of) => paper(of, "docx"));
		button(__("Excel"), (of) =>
			window.open(par_campaign.download_address("evidence", of.get_filter_values(), "xlsx"))
		);
		button(__("Files as ZIP"), pack);
	},

	formatter(value, row, column, data, default_formatter) {
		const text = default_formatter(value, row, column, data);
		if (!data) return text;
		if (data.is_heading) return heading(column, text, data);
		if (data.is_missing && column.fieldname === "title")
			return `<span class="text-danger">${text}</span>`;
		if (column.fieldname === "file" && (value || "").startsWith("/")) {
			const name = frappe.utils.escape_html(data.file_name || value.split("/").pop());
			return `<a href="${encodeURI(value)}" target="_blank" rel="noopener">${name}</a>`;
		}
		return text;
	},
});

// The paper is a unit's own list.
function paper(report, format) {
	const { campaign, unit } = report.get_filter_values();
	const cards = [...new Set((report.data || []).map((row) => row.scorecard).filter(Boolean))];
	const scorecard = unit ? `${campaign}-${unit}` : cards.length === 1 ? cards[0] : null;
	if (!scorecard) return frappe.msgprint(__("Choose a unit first: the list is printed unit by unit."));
	window.open(par_campaign.download_address("evidence", { scorecard }, format));
}

async function pack(report) {
	const filters = report.get_filter_values();
	const { message } = await frappe.call({
		method: "par_campaign.documents.evidence_files.pack",
		args: { filters },
		freeze: true,
		freeze_message: __("Packing the files …"),
	});
	if (message.file_url) return window.open(message.file_url);
	frappe.msgprint(
		__("{0} files are being packed in the background. You will be told when the ZIP is ready.", [
			message.files,
		])
	);
}

function heading(column, text, data) {
	if (column.fieldname === "supplementary") return "";
	if (column.fieldname === "title" && data.scorecard)
		return `<b>${par_campaign.scorecard_link(data, text)}</b>`;
	return data.indent <= 1 ? `<b>${text}</b>` : text;
}
