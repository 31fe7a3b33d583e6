// How a vote stands, as the server counted it: numbers, a bar against the threshold, and the basis.

import { el, points } from "../score_sheet/format";

const OPEN = ["For", "Against", "Abstained", "Absent", "Recused"];
const SECRET = ["Present", "Absent", "Recused"]; // of a secret ballot only who was there stands by name

export function votes_of(secret) {
	return secret ? SECRET : OPEN;
}

export const BALLOTS = ["ballots_for", "ballots_against", "ballots_invalid"];

export function ballot_label(field) {
	return {
		ballots_for: __("Ballots in Favour"),
		ballots_against: __("Ballots Against"),
		ballots_invalid: __("Invalid Ballots"),
	}[field];
}

export function vote_label(vote) {
	return __(vote, null, "PAR Council Vote");
}

export function count_view(count, votes) {
	const { members, present, percent, threshold, passed, secret } = count;
	const cast = votes.filter(({ vote }) => vote).length;
	const ballots = secret
		? [
				[count.for, "ballots_for"],
				[count.against, "ballots_against"],
				[count.invalid, "ballots_invalid"],
			]
		: [];
	return el(
		"div",
		{ class: "par-count-view" },
		el(
			"div",
			{ class: "par-vote-parts" },
			votes_of(secret).map((vote) =>
				part(vote_label(vote), votes.filter((row) => row.vote === vote).length)
			),
			ballots.map(([number, field]) => part(ballot_label(field), number || 0))
		),
		bar(count),
		el(
			"div",
			{
				class: passed && !count.fault ? "par-verdict par-passed" : "par-verdict par-not-passed",
				role: "status",
			},
			count.fault || (cast ? verdict(count) : __("No vote has been taken down yet."))
		),
		el(
			"div",
			{ class: "text-muted small" },
			`${basis(count)} `,
			__("{0} of {1} members present; recused members are not counted.", [present, members])
		)
	);

	function verdict({ for: in_favour }) {
		const base = count.base === "All members" ? members : present;
		const text = passed
			? __("Passed: {0} of {1} = {2} %, {3} % needed", [
					in_favour,
					base,
					points(percent),
					points(threshold),
				])
			: __("Not passed: {0} of {1} = {2} %, {3} % needed", [
					in_favour,
					base,
					points(percent),
					points(threshold),
				]);
		return text;
	}
}

function part(label, number) {
	return el(
		"span",
		{ class: `par-vote-part${number ? "" : " par-none"}` },
		el("b", {}, String(number)),
		` ${label}`
	);
}

function bar({ percent, threshold, passed }) {
	const filled = el("div", { class: `par-vote-fill ${passed ? "par-passed" : ""}` });
	filled.style.width = `${Math.min(100, percent || 0)}%`;
	const mark = el("div", { class: "par-vote-mark", title: __("Needed (%)") });
	mark.style.left = `${Math.min(100, threshold || 0)}%`;
	return el("div", { class: "par-vote-bar", "aria-hidden": "true" }, filled, mark);
}

function basis({ base }) {
	return base === "All members"
		? __("The percentage is of all voting members.")
		: __("The percentage is of the voting members present.");
}
