frappe.listview_settings["PAR Award Proposal"] = {
	onload(listview) {
		par_campaign.add_list_documents(listview);
	},
};
