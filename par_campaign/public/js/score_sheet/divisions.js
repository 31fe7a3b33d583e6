// The unit's divisions and their heads, kept by the unit's own head.

import { parted } from "../texts";

const API = "par_campaign.par_campaign.doctype.par_task.api";

export async function open_divisions(model) {
	const scorecard = model.frm.doc.name;
	const { divisions, people } = await frappe.xcall(`${API}.choices`, { scorecard });
	const rows = divisions.map(({ name, head }) => ({ division_name: name, head_user: head }));
	const dialog = new frappe.ui.Dialog({
		title: __("Divisions"),
		fields: [
			{
				fieldname: "divisions",
				fieldtype: "Table",
				label: __("Divisions"),
				cannot_add_rows: false,
				in_place_edit: true,
				data: rows,
				get_data: () => rows,
				fields: [
					{
						fieldname: "division_name",
						fieldtype: "Data",
						label: __("Division"),
						in_list_view: 1,
						reqd: 1,
					},
					{
						fieldname: "head_user",
						fieldtype: "Autocomplete",
						label: __("Head"),
						in_list_view: 1,
						options: people.map(({ user, full_name }) => ({
							value: user,
							label: parted(full_name),
							description: user,
						})),
					},
				],
			},
		],
		primary_action_label: __("Save"),
		primary_action: async (values) => {
			const entered = (values.divisions || []).filter((row) => row.division_name || row.head_user);
			await frappe.xcall(`${API}.save_divisions`, { scorecard, divisions: entered });
			dialog.hide();
		},
	});
	dialog.show();
}
