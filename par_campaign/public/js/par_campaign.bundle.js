// Small helpers shared by the app's reports and forms.
import "./plain_text";
import "./printing/menu";
import "./reports";
import "./reload";
import "./set_revision";
import "./states";
import { show_why, show_why_row } from "./why";

frappe.provide("par_campaign");
par_campaign.show_why = async (scorecard, title) => {
	await frappe.require("forms.bundle.css");
	return show_why(scorecard, title);
};
par_campaign.show_why_row = async (scorecard, code) => {
	await frappe.require("forms.bundle.css");
	return show_why_row(scorecard, code);
};

// Where the server hands a document or workbook out; it checks who may have it.
par_campaign.download_address = function (kind, filters, format) {
	const query = new URLSearchParams({ kind, filters: JSON.stringify(filters), format });
	return `/api/method/par_campaign.documents.download?${query}`;
};

// "Excel" in a form: take the workbook down, and bring one back where the user may.
par_campaign.add_workbook_buttons = function (frm, kind, key, may_upload) {
	const download = () => window.open(par_campaign.download_address(kind, { [key]: frm.doc.name }, "xlsx"));
	frm.add_custom_button(__("Download"), download, __("Excel"));
	if (!may_upload) return;
	const upload = async () => {
		if (frm.is_dirty())
			return frappe.msgprint(__("Save first: the workbook is held against what is saved."));
		await frappe.require(["workbooks.bundle.js", "forms.bundle.css"]);
		par_campaign.open_workbook_dialog(frm, kind);
	};
	frm.add_custom_button(__("Bring In"), upload, __("Excel"));
};

// Printing takes the server's data by the same filters, never what the browser shows.
par_campaign.add_print_buttons = function (report, kind) {
	const open = (format) => {
		const filters = report.get_filter_values();
		if (!filters.campaign) {
			frappe.msgprint(__("Choose a campaign first."));
			return;
		}
		window.open(par_campaign.download_address(kind, filters, format));
	};
	report.page.add_inner_button(__("PDF"), () => open("pdf"), __("Print List"));
	report.page.add_inner_button(__("Word"), () => open("docx"), __("Print List"));
	report.page.add_inner_button(__("Excel"), () => open("xlsx"), __("Print List"));
};

// Ask before a workflow step; `message` is text or an element. Gives the answers, and nothing at all
// when the dialog is closed: the step is then not taken.
par_campaign.ask_before_step = function ({ title, message, fields = [], primary_label, size }) {
	frappe.dom.unfreeze(); // Frappe freezes the page before it asks us
	return new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title,
			size,
			fields: message ? [{ fieldname: "message", fieldtype: "HTML" }, ...fields] : fields,
			primary_action_label: primary_label || __("Continue"),
			primary_action: (values) => {
				dialog.hide();
				frappe.dom.freeze();
				resolve(values);
			},
		});
		if (message) dialog.fields_dict.message.$wrapper.empty().append(message);
		dialog.show();
	});
};

// Do not take the step, show this dialog instead.
par_campaign.stop_step = function (dialog) {
	frappe.dom.unfreeze();
	dialog.show();
	return new Promise(() => {});
};

// Save what was answered, as the step reads it from the database; stops the step if that fails.
par_campaign.save_before_step = async function (frm, values, action = "Save") {
	const fields = Object.keys(values).filter((field) => frm.fields_dict[field] && field !== "message");
	const stands = () =>
		fields.every((field) => String(frm.doc[field] ?? "") === String(values[field] ?? ""));
	// a document that Frappe is loading anew just now comes without the answers: enter them again
	for (let attempt = 0; attempt < 3; attempt++) {
		await frm.set_value(Object.fromEntries(fields.map((field) => [field, values[field]])));
		if (frm.is_dirty()) await frm.save(action);
		if (frm.is_dirty() || stands()) break;
	}
	if (!frm.is_dirty()) return;
	frappe.dom.unfreeze();
	await new Promise(() => {});
};
