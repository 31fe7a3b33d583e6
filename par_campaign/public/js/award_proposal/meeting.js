// The sheet of one meeting: proposals down, members across, a vote in each cell. Counted by the server as one
// goes, written for all proposals or for none.

import { el, index, points } from "../score_sheet/format";
import { BALLOTS, ballot_label, vote_label } from "./count";

const SERVER = "par_campaign.par_campaign.doctype.par_award_proposal.meeting";
// What a click goes on to. Of a secret ballot only who was there stands by name.
const OPEN = ["For", "Against", "Abstained", "Absent", ""];
const SECRET = ["Present", "Absent", ""];
const SIGN = { For: "✓", Against: "✗", Abstained: "–", Present: "•", Absent: "V", Recused: "K", "": "" };

export async function take_meeting(campaign, done) {
	const meeting = new Meeting(campaign, done);
	await meeting.load(frappe.datetime.get_today());
	if (!meeting.proposals.length) {
		frappe.msgprint(
			__("No proposal of this campaign is with the council. Send them to the council first.")
		);
		return;
	}
	meeting.show();
}

class Meeting {
	constructor(campaign, done) {
		Object.assign(this, { campaign, done, proposals: [], touched: new Set() });
	}

	async load(meeting_date) {
		const { members, proposals } = await frappe.xcall(`${SERVER}.sheet`, {
			campaign: this.campaign,
			meeting_date,
		});
		const before = new Map(this.proposals.map((proposal) => [proposal.name, proposal]));
		this.members = members;
		this.proposals = proposals;
		// another day may have other members; what has been clicked for those who stay is kept
		for (const proposal of proposals.filter(({ name }) => this.touched.has(name))) {
			for (const [key, cell] of Object.entries(proposal.votes))
				cell.vote = before.get(proposal.name)?.votes[key]?.vote ?? cell.vote;
			for (const field of BALLOTS)
				proposal[field] = before.get(proposal.name)?.[field] ?? proposal[field];
		}
	}

	get secret() {
		return this.dialog.get_value("secret_ballot");
	}

	get turn() {
		return this.secret ? SECRET : OPEN;
	}

	show() {
		this.dialog = new frappe.ui.Dialog({
			title: __("Votes of a Meeting"),
			size: "extra-large",
			fields: [
				{
					fieldname: "meeting_date",
					fieldtype: "Date",
					label: __("Meeting Date"),
					reqd: 1,
					default:
						this.proposals.find((row) => row.meeting_date)?.meeting_date ||
						frappe.datetime.get_today(),
					onchange: () => this.change_date(),
				},
				{ fieldtype: "Column Break" },
				{ fieldname: "quick", fieldtype: "HTML" },
				{
					fieldname: "secret_ballot",
					fieldtype: "Check",
					label: __("Secret Ballot"),
					default: this.proposals.some((row) => row.secret_ballot),
					onchange: () => this.change_kind(),
				},
				{ fieldtype: "Section Break" },
				{ fieldname: "sheet", fieldtype: "HTML" },
			],
			primary_action_label: __("Save Votes"),
			primary_action: ({ meeting_date }) => this.save(meeting_date),
		});
		this.dialog.show();
		this.draw();
	}

	// What one kind of vote says of a member the other does not: who voted was there, how is not known.
	change_kind() {
		if (Boolean(this.secret) === this.drawn_secret) return;
		const known = [...this.turn, "Recused"];
		for (const { votes } of this.proposals) {
			for (const cell of Object.values(votes))
				if (!known.includes(cell.vote)) cell.vote = this.secret ? "Present" : "";
		}
		this.draw();
	}

	async change_date() {
		const date = this.dialog.get_value("meeting_date");
		if (!date || date === this.date) return;
		this.date = date;
		await this.load(date);
		this.draw();
	}

	draw() {
		this.cells = new Map();
		this.drawn_secret = Boolean(this.secret);
		const rest = this.secret ? __("The Rest: Present") : __("The Rest: For");
		const quick = el(
			"button",
			{ type: "button", class: "btn btn-default btn-sm par-all-for", onclick: () => this.rest() },
			rest
		);
		this.dialog.fields_dict.quick.$wrapper.empty().append(el("div", { class: "par-vote-quick" }, quick));
		const heads = this.members.map((member) =>
			el(
				"th",
				{ scope: "col", class: "par-meeting-member" },
				el(
					"button",
					{
						type: "button",
						class: "btn btn-xs btn-link",
						title: __("Absent from the meeting"),
						onclick: () => this.absent(member),
					},
					member.member_name
				)
			)
		);
		const boxes = this.secret
			? BALLOTS.map((field) =>
					el("th", { scope: "col", class: "par-meeting-member" }, ballot_label(field))
				)
			: [];
		const table = el(
			"table",
			{ class: "table table-sm par-vote-table par-meeting-table" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					el("th", { scope: "col" }, __("Proposal")),
					heads,
					boxes,
					el("th", { scope: "col" }, __("Result"))
				)
			),
			el(
				"tbody",
				{},
				this.proposals.map((proposal) => this.row(proposal))
			)
		);
		const legend = this.turn
			.filter(Boolean)
			.concat("Recused")
			.map((vote) => `${SIGN[vote]} ${vote_label(vote)}`);
		const hint = __("Click a cell to change the vote, a name to mark the member absent.");
		this.dialog.fields_dict.sheet.$wrapper
			.empty()
			.append(
				el("div", { class: "par-meeting" }, table),
				el("p", { class: "text-muted small" }, legend.join(" · "), ". ", hint)
			);
		this.count();
	}

	row(proposal) {
		const cells = this.members.map((member) =>
			el("td", { class: "par-meeting-cell" }, this.cell(proposal, member))
		);
		const result = el("td", { class: "par-meeting-result", role: "status" });
		this.cells.set(proposal.name, result);
		return el(
			"tr",
			{ "data-proposal": proposal.name },
			el(
				"th",
				{ scope: "row" },
				el("div", {}, proposal.unit_name),
				el(
					"div",
					{ class: "text-muted small" },
					`${proposal.award_level} · ${__("Rank {0}, index {1}", [proposal.rank, index(proposal.index_score)])}`
				),
				proposal.own &&
					el(
						"div",
						{ class: "small par-own" },
						__("Your own unit: a colleague takes these votes down.")
					)
			),
			cells,
			this.secret
				? BALLOTS.map((field) => el("td", { class: "par-meeting-cell" }, this.box(proposal, field)))
				: [],
			result
		);
	}

	// How many ballots of a kind were counted.
	box(proposal, field) {
		const input = el("input", {
			type: "number",
			class: "form-control input-xs",
			"data-ballots": field,
			min: "0",
			value: String(proposal[field] || ""),
			disabled: proposal.own,
			"aria-label": `${proposal.unit_name}: ${ballot_label(field)}`,
			oninput: () => {
				proposal[field] = cint(input.value);
				this.touched.add(proposal.name);
				this.count();
			},
		});
		return input;
	}

	cell(proposal, member) {
		const cell = proposal.votes[member.key];
		const button = el("button", {
			type: "button",
			class: "btn btn-xs par-vote",
			disabled: cell.bound || proposal.own,
			onclick: () => {
				const now = this.turn.indexOf(cell.vote);
				this.set(proposal, cell, this.turn[(now + 1) % this.turn.length]);
				this.count();
			},
		});
		cell.show = () => {
			button.textContent = SIGN[cell.vote];
			button.className = `btn btn-xs par-vote par-vote-${(cell.vote || "none").toLowerCase()}`;
			button.setAttribute("aria-pressed", String(Boolean(cell.vote)));
			const vote = cell.vote ? vote_label(cell.vote) : __("no vote yet");
			button.setAttribute("aria-label", `${proposal.unit_name}, ${member.member_name}: ${vote}`);
			button.title = `${member.member_name}: ${vote}`;
		};
		cell.show();
		return button;
	}

	set(proposal, cell, vote) {
		cell.vote = vote;
		cell.show();
		this.touched.add(proposal.name);
	}

	// Every free cell, or those of one member.
	fill(vote, wanted, member) {
		for (const proposal of this.proposals.filter(({ own }) => !own)) {
			for (const [key, cell] of Object.entries(proposal.votes)) {
				if (!cell.bound && (!member || key === member.key) && wanted(cell))
					this.set(proposal, cell, vote);
			}
		}
		this.count();
	}

	rest() {
		this.fill(this.turn[0], (cell) => !cell.vote);
	}

	absent(member) {
		const cells = this.proposals.filter(({ own }) => !own).map(({ votes }) => votes[member.key]);
		const everywhere = cells.every((cell) => cell.bound || cell.vote === "Absent");
		this.fill(everywhere ? "" : "Absent", () => true, member);
	}

	// What has been taken down, of proposals with any vote in them.
	cast() {
		const voted = this.proposals.filter(
			(row) => !row.own && Object.values(row.votes).some((cell) => cell.vote && !cell.bound)
		);
		return Object.fromEntries(voted.map((proposal) => [proposal.name, this.given(proposal)]));
	}

	given(proposal) {
		const votes = Object.fromEntries(
			Object.entries(proposal.votes).map(([key, cell]) => [key, cell.vote])
		);
		const ballots = BALLOTS.map((field) => [field, this.secret ? cint(proposal[field]) : 0]);
		return { votes, secret_ballot: this.secret, ...Object.fromEntries(ballots) };
	}

	async count() {
		const asked = (this.asked = Symbol("count"));
		await new Promise((resolve) => setTimeout(resolve, 250)); // a run of clicks is counted once
		if (asked !== this.asked) return;
		const counts = await frappe.xcall(`${SERVER}.tally`, {
			campaign: this.campaign,
			meeting_date: this.dialog.get_value("meeting_date"),
			cast: this.cast(),
		});
		if (asked !== this.asked) return; // a later click is counted by now
		for (const [name, result] of this.cells) result.replaceChildren(...verdict(counts[name]));
	}

	async save(meeting_date) {
		this.dialog.disable_primary_action();
		try {
			const { passed, rest } = await frappe.xcall(`${SERVER}.record`, {
				campaign: this.campaign,
				meeting_date,
				cast: this.cast(),
			});
			this.dialog.hide();
			frappe.show_alert({
				message: __("Votes on {0} proposals are taken down; {1} of them passed.", [
					passed.length + rest.length,
					passed.length,
				]),
				indicator: rest.length ? "orange" : "green",
			});
			this.done?.();
		} finally {
			this.dialog.enable_primary_action();
		}
	}
}

function verdict(count) {
	if (!count) return [];
	if (count.fault) return [el("div", { class: "small par-not-passed" }, count.fault)];
	const base = count.base === "All members" ? count.members : count.present;
	const word = count.passed ? __("Passed") : __("Not passed");
	return [
		el("b", { class: count.passed ? "par-passed" : "par-not-passed" }, word),
		el(
			"div",
			{ class: "text-muted small" },
			__("{0} of {1} = {2} %, {3} % needed", [
				count.for,
				base,
				points(count.percent),
				points(count.threshold),
			])
		),
	];
}
