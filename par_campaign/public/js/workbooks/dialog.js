// A workbook coming in: pick a file, see what it would do, then apply all of it or nothing.

import { el } from "../score_sheet/format";
import { limits, upload_file } from "../score_sheet/upload";
import { KINDS } from "./kinds";
import { preview_view } from "./preview";

const ENDINGS = ["xlsx"];

export function open_dialog(frm, kind) {
	new WorkbookDialog(frm, kind, KINDS[kind]).dialog.show();
}

class WorkbookDialog {
	constructor(frm, kind, words) {
		Object.assign(this, { frm, kind, words, file: null, decided: {} });
		this.dialog = new frappe.ui.Dialog({
			title: words.title(),
			size: "extra-large",
			fields: [
				{ fieldname: "pick", fieldtype: "HTML" },
				{ fieldname: "preview", fieldtype: "HTML" },
			],
			primary_action_label: words.apply_label("…"),
			primary_action: () => this.apply(),
			on_hide: () => this.drop_file(),
		});
		this.dialog.fields_dict.pick.$wrapper.empty().append(this.pick_view());
		this.allow(null);
	}

	get args() {
		return { [this.words.key]: this.frm.doc.name };
	}

	pick_view() {
		const { words } = this;
		this.input = el("input", {
			type: "file",
			accept: ".xlsx",
			class: "form-control par-file",
			"aria-label": __("Workbook (.xlsx)"),
			onclick: () => (this.input.value = ""), // so that the same file, mended, can be picked again
			onchange: () => this.input.files.length && this.take(this.input.files[0]),
		});
		return el(
			"div",
			{ class: "par-pick" },
			el("p", {}, words.intro()),
			el(
				"p",
				{},
				el(
					"a",
					{
						class: "btn btn-default btn-sm",
						href: download_address(this.frm, this.kind),
						target: "_blank",
						rel: "noopener",
					},
					words.download_label()
				)
			),
			el("label", { class: "control-label" }, __("Workbook (.xlsx)")),
			this.input,
			el("p", { class: "help-box small text-muted" }, limits(ENDINGS))
		);
	}

	async take(file) {
		this.say(el("p", { class: "text-muted" }, __("Reading {0}", [file.name])));
		this.allow(null);
		await this.drop_file();
		this.decided = {};
		try {
			this.file = await upload_file(file, ENDINGS);
			await this.preview();
		} catch (error) {
			this.say(""); // Frappe has shown why
			await this.drop_file();
			throw error;
		}
	}

	async preview() {
		const found = await this.call("preview");
		const answer = (key, choice) => {
			this.decided = key ? { ...this.decided, [key]: choice } : {};
			this.preview();
		};
		this.say(preview_view(found, this.words, this.decided, answer));
		this.allow(found);
	}

	call(method, extra = {}) {
		const args = { ...this.args, file_url: this.file.file_url, ...extra };
		if (this.kind === "criteria") args.decided = this.decided;
		return frappe.xcall(`${this.words.server}.${method}`, args);
	}

	say(content) {
		this.dialog.fields_dict.preview.$wrapper.empty().append(content);
	}

	allow(found) {
		const button = this.dialog.get_primary_btn();
		button.prop("disabled", !found?.ready);
		button.toggle(Boolean(found));
		// an annex has more rows than criteria: answers and notes stand between them
		if (found) button.text(this.words.apply_label(found.count ?? found.rows.length));
	}

	async apply() {
		this.dialog.disable_primary_action();
		try {
			const number = await this.call("apply");
			this.dialog.hide();
			await this.frm.reload_doc();
			frappe.show_alert({ message: __("Taken from the workbook: {0}", [number]), indicator: "green" });
		} finally {
			this.dialog.enable_primary_action();
		}
	}

	// The upload was only to be read; what it held is on the document now, or was not wanted.
	async drop_file() {
		const { file } = this;
		this.file = null;
		if (file) await frappe.xcall("frappe.client.delete", { doctype: "File", name: file.name });
	}
}

export function download_address(frm, kind) {
	return par_campaign.download_address(kind, { [KINDS[kind].key]: frm.doc.name }, "xlsx");
}
