// What the scorecard's form shows beside its fields, kept in step with the form.

import ActionButtons from "./actions";
import { mark_refused_rows } from "./refused";
import Head from "./head";
import Model from "./model";
import Sheet from "./sheet";
import { before_step } from "./steps";

const WIDE = 1600; // pixels from which on sheet and sidebar have room beside each other

export default class ScorecardDesk {
	// One for each form; Frappe uses a form again for other documents of its type.
	static of(frm) {
		frm.scorecard_desk ||= new ScorecardDesk(frm);
		return frm.scorecard_desk;
	}

	constructor(frm) {
		this.frm = frm;
		this.model = new Model(frm);
		this.sheet = new Sheet(this.model, frm.get_field("sheet_html").$wrapper.get(0));
		this.head = new Head(this.model, this.sheet, frm);
		this.actions = new ActionButtons(this.model, frm);
		this.model.on_change((everywhere) => this.update(everywhere));
		mark_refused_rows(this.model);
	}

	async refresh() {
		this.open_sheet_first();
		if (!(await this.model.load())) return;
		this.sheet.show();
		this.head.show();
		this.actions.show();
		this.go_to_asked_row();
	}

	// A link may name a row: …/par-unit-scorecard/NAME?row=1.1.2
	go_to_asked_row() {
		const { row } = frappe.utils.get_query_params();
		const asked = row && `${this.frm.doc.name} ${row}`;
		if (!asked || asked === this.asked) return;
		this.asked = asked;
		this.head.go_to(row);
	}

	// The sheet is what people come for; the columns of the sidebar are better used by it.
	open_sheet_first() {
		const { frm } = this;
		if (this.opened === frm.doc.name) return;
		this.opened = frm.doc.name;
		frm.get_field("sheet_html").tab?.set_active();
		if (window.innerWidth < WIDE) frm.page.sidebar.hide();
	}

	update(everywhere = true) {
		everywhere ? this.sheet.update() : this.sheet.update_typed();
		this.head.show();
	}

	before_step(action) {
		return before_step(action, this);
	}
}
