// The unit's own plan on the sheet: who has a row, choosing rows, and sharing them out.

import { parted } from "../texts";
import { el, icon, datetime_text } from "./format";
import { open_divisions } from "./divisions";

const API = "par_campaign.par_campaign.doctype.par_task.api";
const DONE = "Done";
const TITLE = 140; // characters of the proposed title

export const task_state = (state) => __(state, null, "PAR Task");

export function task_list(model, row) {
	return model.tasks_of(row.code).map((task) => {
		const who = [task.division, task.person_name].filter(Boolean).join(", ");
		const due = frappe.datetime.str_to_user(task.due_date);
		return el(
			"a",
			{
				class: `btn btn-xs par-task par-task-${task.state.toLowerCase()}`,
				href: `/app/par-task/${encodeURIComponent(task.name)}`,
				title: `${task.title} · ${task_state(task.state)}`,
			},
			icon("assign"),
			el("span", {}, task.state === DONE ? `${who}: ${task_state(DONE)}` : `${who} · ${due}`)
		);
	});
}

// "Share Rows Out", and while rows are being chosen what to do with them.
export function plan_buttons(model) {
	if (!model.may.plan) return [];
	if (!model.chosen) return [button(__("Share Rows Out"), "btn-default", () => choose(model, new Set()))];
	const number = model.chosen.size;
	return [
		button(__("Give {0} rows", [number]), "btn-primary", () =>
			number ? share_out(model) : ask_for_rows()
		),
		button(__("Choose rows nobody has"), "btn-default", () =>
			choose(model, new Set(model.free_rows().map((row) => row.code)))
		),
		button(__("Divisions"), "btn-default", () => open_divisions(model)),
		button(__("Cancel"), "btn-default", () => choose(model, null)),
	];
}

function button(text, look, act) {
	return el("button", { type: "button", class: `btn btn-xs ${look}`, onclick: act }, text);
}

function ask_for_rows() {
	frappe.show_alert({ message: __("Tick the rows first, or a whole area."), indicator: "orange" });
}

function choose(model, chosen) {
	model.chosen = chosen;
	model.changed();
}

// --- choosing -----------------------------------------------------------------------------------------

// A box beside a row or a heading; a heading's stands for the free rows below it.
export function choice_box(model, code) {
	const box = el("input", {
		type: "checkbox",
		class: "par-choice-box",
		"aria-label": `${code} ${__("Choose")}`,
		onchange: () => {
			for (const row of model.free_rows(code))
				box.checked ? model.chosen.add(row.code) : model.chosen.delete(row.code);
			model.changed();
		},
	});
	const update = () => {
		const rows = model.chosen ? model.free_rows(code) : [];
		box.style.display = rows.length ? "" : "none";
		const chosen = rows.filter((row) => model.chosen.has(row.code)).length;
		box.checked = Boolean(rows.length) && chosen === rows.length;
		box.indeterminate = chosen > 0 && chosen < rows.length;
	};
	return { element: box, update };
}

// --- giving -------------------------------------------------------------------------------------------

async function share_out(model) {
	const codes = model.leaves.map((row) => row.code).filter((code) => model.chosen.has(code));
	const choices = await frappe.xcall(`${API}.choices`, { scorecard: model.frm.doc.name });
	const dialog = new frappe.ui.Dialog({
		title: __("Give {0} rows", [codes.length]),
		fields: fields(model, codes, choices),
		primary_action_label: __("Share Out"),
		primary_action: async (values) => {
			dialog.disable_primary_action();
			try {
				await frappe.xcall(`${API}.share_out`, { scorecard: model.frm.doc.name, codes, ...values });
				dialog.hide();
				model.chosen = null;
				await model.load();
				model.changed();
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
}

// The rows' titles, or their areas where the titles would be cut.
function proposed_title(model, codes) {
	const titles = model.leaves
		.filter((row) => codes.includes(row.code))
		.map((row) => row.title)
		.join("; ");
	if (titles.length <= TITLE) return titles;
	const areas = [...new Set(codes.map((code) => code.split(".")[0]))];
	const area = areas.length === 1 && model.rows.find((row) => row.code === areas[0]);
	return area
		? `${area.code}. ${area.title}`.slice(0, TITLE)
		: __("{0} rows of areas {1}", [codes.length, areas.join(", ")]);
}

function fields(model, codes, { divisions, people, due }) {
	return [
		{
			fieldname: "title",
			fieldtype: "Data",
			label: __("Task"),
			reqd: 1,
			default: proposed_title(model, codes),
		},
		{
			fieldname: "division",
			fieldtype: "Autocomplete",
			label: __("Division"),
			options: divisions.map(({ name }) => name),
			hidden: !divisions.length,
		},
		{
			fieldname: "person",
			fieldtype: "Autocomplete",
			label: __("Person"),
			options: people.map(({ user, full_name }) => ({
				value: user,
				label: parted(full_name),
				description: user,
			})),
			description: divisions.length ? __("Empty: the division's head.") : "",
			reqd: divisions.length ? 0 : 1,
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "due_date",
			fieldtype: "Date",
			label: __("Due"),
			reqd: 1,
			description: due ? __("The unit hands in by {0}.", [datetime_text(due)]) : "",
		},
		{ fieldname: "notes", fieldtype: "Small Text", label: __("Notes") },
		{ fieldtype: "Section Break" },
		{
			fieldtype: "HTML",
			options: `<p class="text-muted small">${__("Rows")}: ${frappe.utils.escape_html(codes.join(", "))}</p>`,
		},
	];
}
