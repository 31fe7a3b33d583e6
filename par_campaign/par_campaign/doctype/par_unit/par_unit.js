frappe.ui.form.on("PAR Unit", {
	refresh(frm) {
		set_clusters(frm);
		show_members(frm);
	},
	unit_group(frm) {
		frm.set_value("cluster", "");
		set_clusters(frm);
	},
});

async function set_clusters(frm) {
	if (!frm.doc.unit_group) return;
	const group = await frappe.db.get_doc("PAR Unit Group", frm.doc.unit_group);
	frm.set_df_property(
		"cluster",
		"options",
		(group.clusters || []).map((row) => row.cluster_name)
	);
}

async function show_members(frm) {
	const field = frm.get_field("members_html");
	field.$wrapper.empty();
	const may_see = frappe.model.can_read("User Permission");
	frm.toggle_display("members_section", may_see && !frm.is_new());
	if (!may_see || frm.is_new()) return;
	const rows = await frappe.db.get_list("User Permission", {
		fields: ["user"],
		filters: { allow: "PAR Unit", for_value: frm.doc.name },
		limit: 50,
	});
	const users = rows.map((row) => frappe.utils.get_form_link("User", row.user, true)).join(", ");
	field.$wrapper.html(
		users || `<span class="text-muted">${__("No user belongs to this unit yet.")}</span>`
	);
	if (frappe.model.can_create("User Permission")) {
		frm.add_custom_button(__("Add Member"), () =>
			frappe.new_doc("User Permission", { allow: "PAR Unit", for_value: frm.doc.name })
		);
	}
}
