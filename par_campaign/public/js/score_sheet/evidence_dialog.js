// Adding, changing and reviewing evidence without leaving the scorecard. Documents are PAR Evidence
// Items of their own; the scorecard's unsaved values are not touched.

import { parted } from "../texts";
import { el } from "./format";
import { accepted, limits, upload_private } from "./upload";

const DOCTYPE = "PAR Evidence Item";
const FIELDS = ["title", "document_number", "document_date", "issuer", "reference"];

// `dropped`: the files a unit let fall on the row; one document has one file.
export function add_evidence(model, row, dropped = null) {
	const others = dropped ? [] : model.evidence.filter((item) => !item.codes.includes(row.code));
	const item = { codes: [row.code], title: dropped && title_of(dropped[0]) };
	edit_dialog(model, item, __("Add Evidence to {0}", [row.code]), others, dropped).show();
}

const title_of = (file) => file.name.replace(/\.[^.]+$/, "");

function change_evidence(model, item) {
	edit_dialog(model, item, __("Change Evidence"), []).show();
}

function edit_dialog(model, item, title, others, dropped = null) {
	const picked = el("input", {
		type: "file",
		accept: accepted(),
		class: "form-control par-file",
		"aria-label": __("File"),
	});
	if (dropped) picked.files = dropped;
	const dialog = new frappe.ui.Dialog({
		title,
		fields: [...reuse_fields(others), ...document_fields(model, item)],
		primary_action_label: __("Save"),
		primary_action: (values) => save(dialog, model, item, values, picked),
	});
	const note = item.file
		? __("Kept unless you choose another: {0}", [item.file_name])
		: __("Kept private: only the unit and the appraisers can open it.");
	dialog.fields_dict.file_html.$wrapper
		.empty()
		.append(
			el(
				"div",
				{ class: "form-group" },
				el("label", { class: "control-label" }, __("File")),
				picked,
				el("p", { class: "help-box small text-muted" }, note),
				el("p", { class: "help-box small text-muted par-limits" }, limits())
			)
		);
	close_after_choice(dialog.fields_dict.codes);
	return dialog;
}

// The list opens again by itself after a choice, over what stands below it.
function close_after_choice(field) {
	field.$input.on("awesomplete-selectcomplete", () => setTimeout(() => field.awesomplete.close()));
}

// A document often shows several rows: one that is there already is taken again, not uploaded twice.
function reuse_fields(others) {
	if (!others.length) return [];
	const options = others.map((item) => ({
		value: item.name,
		label: parted(`${item.document_number || ""} ${item.title}`.trim()),
	}));
	return [
		{
			fieldname: "existing",
			fieldtype: "Autocomplete",
			label: __("Use a Document Already Added"),
			options,
		},
		{ fieldtype: "Section Break", label: __("Or a New Document"), depends_on: "eval:!doc.existing" },
	];
}

function document_fields(model, item) {
	const rows = model.leaves
		.filter((row) => row.rule !== "External" && !row.auto)
		.map((row) => ({ value: row.code, label: row.code, description: parted(row.title) }));
	return [
		{
			fieldname: "title",
			fieldtype: "Data",
			label: __("Document"),
			default: item.title,
			mandatory_depends_on: "eval:!doc.existing",
		},
		{
			fieldname: "document_number",
			fieldtype: "Data",
			label: __("Document No."),
			default: item.document_number,
		},
		{ fieldtype: "Column Break" },
		{ fieldname: "issuer", fieldtype: "Data", label: __("Issuer"), default: item.issuer },
		{
			fieldname: "document_date",
			fieldtype: "Date",
			label: __("Document Date"),
			default: item.document_date,
		},
		{ fieldtype: "Section Break", depends_on: "eval:!doc.existing" },
		{
			fieldname: "codes",
			fieldtype: "MultiSelectPills",
			label: __("Rows It Shows"),
			get_data: () => rows,
			default: item.codes,
		},
		{ fieldname: "file_html", fieldtype: "HTML" },
		{
			fieldname: "reference",
			fieldtype: "Small Text",
			label: __("Reference"),
			description: __("Where the document can be found when no file is attached."),
			default: item.reference,
			max_height: "60px",
		},
	];
}

async function save(dialog, model, item, values, picked) {
	dialog.disable_primary_action();
	try {
		const doc = values.existing
			? await with_row(values.existing, item.codes)
			: await described(model, item, values, picked);
		await frappe.xcall(doc.name ? "frappe.client.save" : "frappe.client.insert", { doc });
		dialog.hide();
		await reload(model);
		frappe.show_alert({ message: __("Evidence saved"), indicator: "green" });
	} finally {
		dialog.enable_primary_action();
	}
}

async function with_row(name, codes) {
	const doc = await frappe.xcall("frappe.client.get", { doctype: DOCTYPE, name });
	doc.criteria.push(...codes.map((code) => ({ code })));
	return doc;
}

async function described(model, item, values, picked) {
	const doc = item.name
		? await frappe.xcall("frappe.client.get", { doctype: DOCTYPE, name: item.name })
		: { doctype: DOCTYPE, scorecard: model.frm.doc.name };
	FIELDS.forEach((field) => (doc[field] = values[field] || null));
	doc.criteria = (values.codes || []).map((code) => ({ code }));
	if (picked.files.length) doc.file = await upload_private(picked.files[0]);
	return doc;
}

// The form need not be saved for this, nor are its unsaved values lost.
async function reload(model) {
	await model.load();
	model.count_evidence();
	model.changed();
}

// --- looking at a document, and reviewing it ------------------------------------------------------

export function show_evidence(model, item) {
	const review = model.may.review && !model.frm.read_only;
	const dialog = new frappe.ui.Dialog({
		title: frappe.utils.escape_html(item.title),
		fields: [{ fieldname: "facts", fieldtype: "HTML" }, ...(review ? review_fields(item) : [])],
		...(review && {
			primary_action_label: __("Accept"),
			primary_action: () => decide(dialog, model, item, "Accepted"),
			secondary_action_label: __("Reject", null, "PAR Evidence Item"),
			secondary_action: () => decide(dialog, model, item, "Rejected"),
		}),
	});
	dialog.fields_dict.facts.$wrapper.empty().append(facts(model, item));
	if (model.may_claim) add_unit_actions(dialog, model, item);
	dialog.show();
}

function review_fields(item) {
	return [
		{
			fieldname: "status_reason",
			fieldtype: "Small Text",
			label: __("Reason"),
			description: __("Required to reject."),
			default: item.status_reason,
		},
	];
}

function facts(model, item) {
	const where = item.file
		? el("a", { href: item.file, target: "_blank", rel: "noopener" }, item.file_name)
		: item.reference;
	const rows = [
		[__("Document No."), item.document_number],
		[__("Document Date"), item.document_date && frappe.datetime.str_to_user(item.document_date)],
		[__("Issuer"), item.issuer],
		[item.file ? __("File") : __("Reference"), where],
		[__("Rows It Shows"), item.codes.join(", ")],
		[__("Status"), __(item.status || "Pending")],
		[__("Reason"), item.status_reason],
		[__("Supplementary"), item.supplementary ? __("Yes", null, "PAR Scorecard Line") : ""],
		[__("Same File Also in"), item.same_file],
	];
	return el(
		"table",
		{ class: "table table-sm par-facts" },
		el(
			"tbody",
			{},
			rows
				.filter(([, value]) => value)
				.map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value)))
		)
	);
}

async function decide(dialog, model, item, status) {
	const reason = dialog.get_value("status_reason") || "";
	if (status === "Rejected" && !reason.trim()) {
		dialog.fields_dict.status_reason.set_mandatory?.(1);
		frappe.show_alert({ message: __("Say why the document is not accepted."), indicator: "orange" });
		dialog.fields_dict.status_reason.set_focus();
		return;
	}
	const doc = await frappe.xcall("frappe.client.get", { doctype: DOCTYPE, name: item.name });
	await frappe.xcall("frappe.client.save", { doc: { ...doc, status, status_reason: reason } });
	dialog.hide();
	await reload(model);
}

function add_unit_actions(dialog, model, item) {
	dialog.set_primary_action(__("Change"), () => {
		dialog.hide();
		change_evidence(model, item);
	});
	dialog.set_secondary_action_label(__("Delete"));
	dialog.set_secondary_action(() =>
		frappe.confirm(__("Delete {0}?", [frappe.utils.escape_html(item.title)]), async () => {
			await frappe.xcall("frappe.client.delete", { doctype: DOCTYPE, name: item.name });
			dialog.hide();
			await reload(model);
		})
	);
}
