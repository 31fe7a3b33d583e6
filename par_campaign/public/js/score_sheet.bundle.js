// The score sheet of a scorecard, the head of its form, and the dialogs of its workflow steps.
import ScorecardDesk from "./score_sheet/desk";

frappe.provide("par_campaign");
par_campaign.ScorecardDesk = ScorecardDesk;
