// The form of a campaign: how far its units are, what its steps need, and what was published.
import { offer_carry_over } from "./campaign/carry_over";
import { show_overview } from "./campaign/overview";
import { before_step } from "./campaign/steps";
import { show_versions } from "./campaign/versions";

frappe.provide("par_campaign");
par_campaign.campaign_form = { offer_carry_over, show_overview, before_step, show_versions };
