// Taking down the council's votes: one click a member, counted by the server as one goes.

import { el } from "../score_sheet/format";
import { BALLOTS, ballot_label, count_view, vote_label, votes_of } from "./count";

const SERVER = "par_campaign.par_campaign.doctype.par_award_proposal.desk";

export async function take_votes(frm) {
	const members = await frappe.xcall(`${SERVER}.council`, { proposal: frm.doc.name });
	if (!members.length) {
		frappe.msgprint(__("The campaign's council has no voting member. Add them on the campaign."));
		return;
	}
	new VoteDialog(frm, members).show();
}

class VoteDialog {
	constructor(frm, members) {
		Object.assign(this, { frm, members });
		this.dialog = new frappe.ui.Dialog({
			title: __("Votes of the Council: {0}", [frappe.utils.escape_html(frm.doc.unit_name)]),
			size: "extra-large",
			fields: [
				{
					fieldname: "meeting_date",
					fieldtype: "Date",
					label: __("Meeting Date"),
					reqd: 1,
					default: frm.doc.meeting_date || frappe.datetime.get_today(),
				},
				{ fieldtype: "Column Break" },
				{ fieldname: "quick", fieldtype: "HTML" },
				{ fieldtype: "Section Break" },
				{
					fieldname: "secret_ballot",
					fieldtype: "Check",
					label: __("Secret Ballot"),
					default: frm.doc.secret_ballot,
					onchange: () => this.change_kind(),
				},
				{ fieldname: "members", fieldtype: "HTML" },
				...BALLOTS.flatMap((field, place) => [
					{ fieldtype: place ? "Column Break" : "Section Break" },
					{
						fieldname: field,
						fieldtype: "Int",
						label: ballot_label(field),
						default: frm.doc[field],
						onchange: () => this.count(),
					},
				]),
				{ fieldtype: "Section Break" },
				{ fieldname: "count", fieldtype: "HTML" },
			],
			primary_action_label: __("Save Votes"),
			primary_action: ({ meeting_date }) => this.save(meeting_date),
		});
	}

	show() {
		this.dialog.show();
		this.draw();
	}

	draw() {
		const { quick, members } = this.dialog.fields_dict;
		quick.$wrapper.empty().append(this.quick_buttons());
		members.$wrapper.empty().append(this.table());
		BALLOTS.forEach((field) => this.dialog.set_df_property(field, "hidden", !this.secret));
		this.count();
	}

	get secret() {
		return this.dialog.get_value("secret_ballot");
	}

	// What one kind of vote says of a member the other does not: who voted was there, how is not known.
	change_kind() {
		const known = votes_of(this.secret);
		for (const member of this.members) {
			if (member.vote && !known.includes(member.vote)) member.vote = this.secret ? "Present" : "";
		}
		this.draw();
	}

	quick_buttons() {
		const everybody = this.secret ? ["Present", __("The Rest: Present")] : ["For", __("The Rest: For")];
		return el(
			"div",
			{ class: "par-vote-quick" },
			el(
				"button",
				{
					type: "button",
					class: "btn btn-default btn-sm par-all-for",
					onclick: () => this.rest(everybody[0]),
				},
				everybody[1]
			),
			el(
				"button",
				{ type: "button", class: "btn btn-default btn-sm", onclick: () => this.rest("Absent") },
				__("The Rest: Absent")
			)
		);
	}

	// For those who have no vote yet.
	rest(vote) {
		this.members.filter((member) => !member.vote).forEach((member) => (member.vote = vote));
		this.update();
	}

	table() {
		this.rows = this.members.map((member) => this.row(member));
		return el(
			"table",
			{ class: "table table-sm par-vote-table" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					[__("Member"), __("Vote"), __("Note")].map((text) => el("th", { scope: "col" }, text))
				)
			),
			el(
				"tbody",
				{},
				this.rows.map(({ element }) => element)
			)
		);
	}

	row(member) {
		const buttons = votes_of(this.secret).map((vote) =>
			el(
				"button",
				{
					type: "button",
					class: `btn btn-xs par-vote par-vote-${vote.toLowerCase()}`,
					"data-vote": vote,
					disabled: member.bound && vote !== "Recused",
					onclick: () => this.vote(member, vote),
				},
				vote_label(vote)
			)
		);
		const note = el("input", {
			type: "text",
			class: "form-control input-xs",
			"aria-label": `${member.member_name} ${__("Note")}`,
			value: member.note,
			onchange: () => (member.note = note.value.trim()),
		});
		const bound = member.bound && el("div", { class: "text-muted small" }, __("Belongs to the unit"));
		const element = el(
			"tr",
			{ "data-member": member.user || member.member_name },
			el("th", { scope: "row" }, member.member_name, bound),
			el(
				"td",
				{},
				el("div", { class: "btn-group", role: "group", "aria-label": member.member_name }, buttons)
			),
			el("td", {}, note)
		);
		const show = () =>
			buttons.forEach((button) =>
				button.setAttribute("aria-pressed", String(button.dataset.vote === member.vote))
			);
		show();
		return { element, show };
	}

	// A second click takes the vote back.
	vote(member, vote) {
		member.vote = member.vote === vote && !member.bound ? "" : vote;
		this.update();
	}

	update() {
		this.rows.forEach((row) => row.show());
		this.count();
	}

	async count() {
		const asked = (this.asked = Symbol("count"));
		const count = await frappe.xcall(`${SERVER}.tally`, {
			proposal: this.frm.doc.name,
			cast: this.members,
			ballots: this.ballots(),
		});
		if (asked !== this.asked) return; // a later click is counted by now
		this.dialog.fields_dict.count.$wrapper.empty().append(count_view(count, this.members));
	}

	// What the form is given beside the votes by name.
	ballots() {
		const secret = this.secret;
		const numbers = BALLOTS.map((field) => [field, secret ? cint(this.dialog.get_value(field)) : 0]);
		return { secret_ballot: secret, ...Object.fromEntries(numbers) };
	}

	async save(meeting_date) {
		const { frm } = this;
		this.dialog.disable_primary_action();
		try {
			put_votes(frm, this.members);
			await frm.set_value({ meeting_date, ...this.ballots() });
			frm.dirty();
			await frm.save();
			if (!frm.is_dirty()) this.dialog.hide();
		} finally {
			this.dialog.enable_primary_action();
		}
	}
}

// Rows that stand keep their place, so that the document's history says whose vote changed.
function put_votes(frm, members) {
	const key = (row) => row.user || row.member_name;
	const standing = new Map((frm.doc.votes || []).map((row) => [key(row), row]));
	for (const member of members) {
		const row = standing.get(key(member)) || frm.add_child("votes");
		const { member_name, user, vote, note } = member;
		Object.assign(row, { member_name, user, vote, note });
	}
	frm.refresh_field("votes");
}
