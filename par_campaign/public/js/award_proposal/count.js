// How a vote stands, as the server counted it: numbers, a bar against the threshold, and the basis.

import { el, points } from "../score_sheet/format";

export const VOTES = ["For", "Against", "Abstained", "Absent", "Recused"];

export function vote_label(vote) {
	return __(vote, null, "PAR Council Vote");
}

export function count_view(count, votes) {
	const { members, present, percent, threshold, passed } = count;
	const cast = votes.filter(({ vote }) => vote).length;
	return el(
		"div",
		{ class: "par-count-view" },
		el("div", { class: "par-vote-parts" }, VOTES.map((vote) => part(vote, votes))),
		bar(count),
		el(
			"div",
			{ class: passed ? "par-verdict par-passed" : "par-verdict par-not-passed", role: "status" },
			cast ? verdict(count) : __("No vote has been taken down yet.")
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
			? __("Passed: {0} of {1} = {2} %, {3} % needed", [in_favour, base, points(percent), points(threshold)])
			: __("Not passed: {0} of {1} = {2} %, {3} % needed", [in_favour, base, points(percent), points(threshold)]);
		return text;
	}
}

function part(vote, votes) {
	const number = votes.filter((row) => row.vote === vote).length;
	return el(
		"span",
		{ class: `par-vote-part par-vote-${vote.toLowerCase()}${number ? "" : " par-none"}` },
		el("b", {}, String(number)),
		` ${vote_label(vote)}`
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
