frappe.listview_settings["PAR Award Proposal"] = {
	add_fields: ["campaign"],

	onload(listview) {
		par_campaign.add_list_documents(listview);
		if (frappe.user.has_role("PAR Council Secretary")) {
			listview.page.add_inner_button(__("Take Down a Meeting"), () =>
				par_campaign.with_campaign(listview, (campaign) => take_meeting(listview, campaign))
			);
		}
	},
};

async function take_meeting(listview, campaign) {
	await frappe.require(["award_proposal.bundle.js", "forms.bundle.css"]);
	par_campaign.award_proposal.take_meeting(campaign, () => listview.refresh());
}
