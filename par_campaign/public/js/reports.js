// What the app's reports share: how they open, their filters, and cells that are coloured or lead somewhere.

import { is_plain, safe } from "./texts";
import { decimal_sign, datetime_text } from "./score_sheet/format";

const CURRENT = "par_campaign.par_campaign.doctype.par_campaign.current.current";

frappe.provide("par_campaign");

// Settings of a report with what all of them have: opened on a campaign, so that it shows something at
// once, and headers that are read in full.
par_campaign.report = function (settings) {
	return {
		...settings,
		async onload(report) {
			await Promise.all([choose_campaign(report), frappe.require("reports.bundle.css")]);
			report.page.main.on("click", "[data-why]", ({ currentTarget: { dataset } }) =>
				par_campaign.show_why(dataset.why, dataset.unit)
			);
			settings.onload?.(report);
		},
		formatter(value, row, column, data, write) {
			if (data && value == null) return ""; // Frappe writes 0 where there is no number
			if (data && column.fieldtype === "Check" && !value) return ""; // only what is so catches the eye
			if (data && column.fieldtype === "Datetime") return datetime_text(value);
			const default_formatter = (text, ...rest) => write(is_plain(column) ? safe(text) : text, ...rest);
			const { formatter } = settings;
			return formatter
				? formatter(value, row, column, data, default_formatter)
				: default_formatter(value, row, column, data);
		},
		after_datatable_render({ datatableWrapper }) {
			datatableWrapper.classList.add("par-table");
			draw_chart_anew(frappe.query_report);
		},
	};
};

// Frappe writes a chart's axis with one decimal and a point, so that -0,02 and -0,04 both read "0".
function draw_chart_anew(report) {
	const { chart_options } = report;
	if (!chart_options) return;
	const written = (value) => String(Math.round(value * 1e4) / 1e4).replace(".", decimal_sign());
	chart_options.axisOptions.numberFormatter = written;
	chart_options.tooltipOptions = { formatTooltipY: written };
	report.render_chart(chart_options);
}

// The campaign of the link one came by, else the newest the user may see. Frappe does not wait for the
// title of a linked document and runs the report too early, without its campaign: it runs it once more
// after this, so nothing is to run before.
async function choose_campaign(report) {
	const filter = report.get_filter("campaign");
	filter.$wrapper.removeClass("col-md-2").addClass("col-md-4"); // titles end in the year
	report._no_refresh = true;
	try {
		await arrived(filter);
		if (!filter.get_value()) await take_newest(filter);
	} finally {
		report._no_refresh = false;
	}
}

async function take_newest(filter) {
	const newest = await frappe.xcall(CURRENT);
	if (!newest) return;
	frappe.utils.add_link_title("PAR Campaign", newest.name, newest.title);
	await filter.set_value(newest.name);
	await arrived(filter);
}

// What is being set is checked and gets its title first.
async function arrived(filter) {
	const on_its_way = () => filter.inside_change_event || (filter.value && !filter.get_value());
	for (const end = Date.now() + 10_000; on_its_way() && Date.now() < end; ) {
		await new Promise((resolve) => setTimeout(resolve, 30));
	}
}

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

// A number that says how it came about: by a click where the reader may read the scorecard, else in the tip of
// the mouse. `text` is safe already.
par_campaign.why_cell = function (data, text) {
	const escape = frappe.utils.escape_html;
	const tip = escape(data.trace || __("Why"));
	if (!data.scorecard) return data.trace ? `<span title="${tip}">${text}</span>` : text;
	return `<a role="button" data-why="${escape(data.scorecard)}" data-unit="${escape(data.unit_name)}" title="${tip}">${text}</a>`;
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
