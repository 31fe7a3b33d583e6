// The form of an award proposal: the vote, what is missing, and what its steps ask for; and one meeting's
// votes on many of them.
import { take_meeting } from "./award_proposal/meeting";
import { show_panel } from "./award_proposal/panel";
import { before_step } from "./award_proposal/steps";
import { take_votes } from "./award_proposal/vote_dialog";

frappe.provide("par_campaign");
par_campaign.award_proposal = { show_panel, before_step, take_votes, take_meeting };
