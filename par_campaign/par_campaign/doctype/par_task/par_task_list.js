frappe.listview_settings["PAR Task"] = {
	add_fields: ["state", "due_date", "person"],
	hide_name_column: true,

	get_indicator(doc) {
		const colour = { Open: "gray", Doing: "blue", Late: "red", Done: "green" }[doc.state];
		return [__(doc.state, null, "PAR Task"), colour, `state,=,${doc.state}`];
	},

	onload(list) {
		list.page.add_inner_button(__("Progress by Division"), () =>
			frappe.set_route("query-report", "PAR Unit Plan")
		);
		list.page.add_inner_button(__("Given to me"), () => {
			list.filter_area.add([
				["PAR Task", "person", "=", frappe.session.user],
				["PAR Task", "state", "!=", "Done"],
			]);
		});
	},
};
