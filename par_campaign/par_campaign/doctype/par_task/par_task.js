const PLAN_API = "par_campaign.par_campaign.doctype.par_task.api";
const HEADS_FIELDS = ["title", "division", "due_date", "rows"];

frappe.ui.form.on("PAR Task", {
	setup(frm) {
		frm.set_query("scorecard", () => ({
			filters: { workflow_state: ["in", par_campaign.states.HELD_BY_UNIT] },
		}));
		frm.set_query("person", () => ({
			query: `${PLAN_API}.people_query`,
			filters: { scorecard: frm.doc.scorecard },
		}));
	},

	async refresh(frm) {
		frm.get_field("rows_html").$wrapper.empty();
		await show_choices(frm);
		if (frm.is_new()) return;
		show_rows(frm);
		add_steps(frm);
	},

	scorecard: show_choices,
});

async function show_choices(frm) {
	if (!frm.doc.scorecard) return;
	const { scorecard } = frm.doc;
	const choices = await frappe.xcall(`${PLAN_API}.choices`, { scorecard });
	if (frm.doc.scorecard !== scorecard) return;
	frm.choices = choices;
	frm.set_df_property(
		"division",
		"options",
		choices.divisions.map(({ name }) => name)
	);
	// what the controller refuses is not offered
	const heads_division = choices.divisions.some(
		({ name, head }) => name === frm.doc.division && head === frappe.session.user
	);
	HEADS_FIELDS.forEach((field) => frm.set_df_property(field, "read_only", choices.may_plan ? 0 : 1));
	frm.set_df_property("person", "read_only", choices.may_plan || heads_division ? 0 : 1);
	if (!choices.open) frm.disable_form();
}

// Each row leads to its place in the score sheet, with what it still lacks.
function show_rows(frm) {
	const sheet = `/app/par-unit-scorecard/${encodeURIComponent(frm.doc.scorecard)}`;
	const items = frm.doc.rows.map(({ code, title, gap }) => {
		const link = $("<a>")
			.attr("href", `${sheet}?row=${encodeURIComponent(code)}`)
			.text(`${code} ${title || ""}`);
		const state = $("<span>")
			.addClass(gap ? "text-danger" : "text-success")
			.text(gap || __("Complete"));
		return $("<li>").append(link, " – ", state);
	});
	frm.get_field("rows_html").$wrapper.append($("<ul>").addClass("par-task-rows").append(items));
}

function add_steps(frm) {
	const { choices, doc } = frm;
	const works = doc.person === frappe.session.user || choices?.may_plan;
	if (!choices?.open || !works) return;
	const to = (state) => async () => {
		await frm.set_value("state", state);
		await frm.save();
		if (frm.is_dirty()) frm.reload_doc(); // refused, and said why
	};
	if (doc.state === "Done") frm.add_custom_button(__("Take Up Again"), to("Doing"));
	else {
		if (doc.state === "Open") frm.add_custom_button(__("Begin", null, "PAR Task"), to("Doing"));
		frm.add_custom_button(__("Done", null, "PAR Task"), to("Done")).addClass("btn-primary");
	}
}
