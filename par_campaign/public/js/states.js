// Workflow states in the desk: the groups its pages ask for, and how a state is shown.

frappe.provide("par_campaign");

// Under the names of par_campaign/states.py, which says what they mean.
par_campaign.states = {
	UNDER_WAY: ["Launched", "Appraising"],
	HELD_BY_UNIT: ["Draft", "Returned"],
	BEING_APPRAISED: ["Under Appraisal", "Returned"],
};

// All states of a scorecard, in the order in which it passes through them.
par_campaign.card_states = [
	"Draft",
	"Submitted",
	"Under Appraisal",
	"Returned",
	"Appraised",
	"Proposed",
	"Awarded",
	"Not Awarded",
];

// Frappe shows a linked name as it is stored, so a workflow's state stood in English in the read-only field of
// a new document, in the list's table view and in reports.
frappe.form.link_formatters["Workflow State"] = (state) => (state ? __(state) : state);
