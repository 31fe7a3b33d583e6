// Above the fields of a proposal: how it was selected, the vote as it stands, and what is missing.

import { el, index } from "../score_sheet/format";
import { count_view } from "./count";
import { take_votes } from "./vote_dialog";

const SERVER = "par_campaign.par_campaign.doctype.par_award_proposal.desk";
const VOTED = ["Council", "Submitted to Chairman", "Awarded", "Rejected", "Revoked"];

export async function show_panel(frm) {
	const name = frm.doc.name;
	const provincial = frm.doc.docstatus < 2 && frappe.perm.has_perm("PAR Award Proposal", 0, "report");
	frm.proposal_state = provincial ? await frappe.xcall(`${SERVER}.state_of`, { proposal: name }) : null;
	if (frm.doc.name !== name) return;
	show_vote(frm);
	show_missing(frm);
	buttons(frm);
}

function show_vote(frm) {
	const wrapper = frm.get_field("vote_html").$wrapper.empty();
	const state = frm.proposal_state;
	if (!state || !VOTED.includes(frm.doc.workflow_state)) return;
	wrapper.append(count_view(state.count, frm.doc.votes || []));
}

function show_missing(frm) {
	const { doc, proposal_state: state } = frm;
	const notes = [];
	if (doc.selection === "Tied at cut-off") {
		notes.push(
			__("Tied at the cut-off: the council decides, and says why, which of the tied units is proposed.")
		);
	}
	if (doc.workflow_state === "Submitted to Chairman" && state && !state.published) {
		notes.push(__("Waiting for the campaign's results to be published: no award can be given before."));
	}
	const missing = state?.missing || [];
	const parts = [...notes, ...missing].map((text) => el("li", {}, text));
	frm.dashboard.clear_comment();
	if (!parts.length) return;
	const heading = missing.length ? __("Missing before it can go to the chairman:") : "";
	const box = el("div", {}, heading, el("ul", { class: "par-missing-list" }, parts));
	frm.dashboard.add_comment(box.outerHTML, "orange", true);
}

function buttons(frm) {
	const { doc } = frm;
	if (doc.workflow_state === "Council" && frm.perm[0].write && !frm.read_only) {
		frm.add_custom_button(__("Take Down Votes"), () => when_saved(frm, () => take_votes(frm))).addClass(
			"btn-primary"
		);
	}
	frm.add_custom_button(__("Why"), () =>
		par_campaign.show_why(
			doc.scorecard,
			`${doc.unit_name} – ${doc.award_level} (${__("Rank")} ${doc.rank}, ${index(doc.index_score)})`
		)
	);
	frm.add_custom_button(__("Scorecard"), () =>
		frappe.set_route("Form", "PAR Unit Scorecard", doc.scorecard)
	);
}

function when_saved(frm, act) {
	if (frm.is_dirty()) frappe.msgprint(__("Save the proposal first."));
	else act();
}
