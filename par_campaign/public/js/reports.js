// What the app's reports share: their filters, and cells that are coloured or lead somewhere.

frappe.provide("par_campaign");

par_campaign.report_filters = function () {
	return [
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
		{ fieldname: "cluster", label: __("Cluster"), fieldtype: "Data" },
		{
			fieldname: "unit",
			label: __("Unit"),
			fieldtype: "Link",
			options: "PAR Unit",
			get_query: () => {
				const unit_group = frappe.query_report.get_filter_value("unit_group");
				return unit_group ? { filters: { unit_group } } : {};
			},
		},
	];
};

// The unit's name as a link to its scorecard; `text` is safe already.
par_campaign.scorecard_link = function (data, text) {
	if (!data.scorecard) return text;
	return `<a href="/app/par-unit-scorecard/${encodeURIComponent(data.scorecard)}">${text}</a>`;
};

par_campaign.coloured_change = function (value, text) {
	if (!value) return text;
	return `<span class="${value < 0 ? "text-danger" : "text-success"}">${text}</span>`;
};

// From red over yellow to green, the colours people know from Excel; black can be read on all of them.
const HEAT = [
	[248, 105, 107],
	[255, 235, 132],
	[99, 190, 123],
];

function heat_colour(value, from) {
	const place = Math.max(0, Math.min(1, (value - from) / (100 - from))) * (HEAT.length - 1);
	const at = Math.min(Math.floor(place), HEAT.length - 2);
	const mixed = HEAT[at].map((part, i) => Math.round(part + (HEAT[at + 1][i] - part) * (place - at)));
	return `rgb(${mixed.join(", ")})`;
}

// A percentage on its colour, `from` being where the scale begins.
par_campaign.heat_cell = function (value, from) {
	if (value == null || value === "") return "";
	const text = format_number(value, null, 2);
	return `<div class="par-heat" style="background: ${heat_colour(value, from)}">${text}</div>`;
};
