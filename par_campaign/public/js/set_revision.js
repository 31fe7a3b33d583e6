// A corrected version of a criteria set: putting it into force in the campaign that uses the one before.

import { parted } from "./texts";
import { el } from "./score_sheet/format";

const API = "par_campaign.par_campaign.doctype.par_set_revision.apply";

frappe.ui.form.on("PAR Criteria Set", {
	refresh(frm) {
		const { doc } = frm;
		if (frm.is_new() || !doc.previous_version || doc.locked) return;
		if (!frappe.model.can_write("PAR Campaign")) return;
		frm.dashboard.add_comment(
			__("Not in force yet: it changes nothing until it is put into force."),
			"blue",
			true
		);
		frm.add_custom_button(__("Put into Force"), () => put_into_force(frm));
	},
});

async function put_into_force(frm) {
	if (frm.is_dirty()) await frm.save();
	if (frm.is_dirty()) return;
	const criteria_set = frm.doc.name;
	const found = await frappe.xcall(`${API}.campaigns_for`, { criteria_set });
	if (!found.length) {
		frappe.msgprint(__("No campaign under way uses an earlier version of this set."));
		return;
	}
	const dialog = new frappe.ui.Dialog({
		title: __("Put into Force"),
		fields: [
			{
				fieldname: "campaign",
				fieldtype: "Select",
				label: __("Campaign"),
				options: found.map(({ campaign, title }) => ({ value: campaign, label: parted(title) })),
				default: found[0].campaign,
				reqd: 1,
				onchange: () => show(dialog, found),
			},
			{ fieldname: "outlook", fieldtype: "HTML" },
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				reqd: 1,
				default: frm.doc.revision_reason,
			},
		],
		primary_action_label: __("Put into Force"),
		primary_action: async ({ campaign, reason }) => {
			dialog.disable_primary_action();
			try {
				const record = await frappe.xcall(`${API}.put_into_force`, {
					campaign,
					criteria_set,
					reason,
				});
				dialog.hide();
				if (record) frappe.set_route("Form", "PAR Set Revision", record);
				else frappe.msgprint(__("It is being put into force in the background; you will be told."));
			} finally {
				dialog.enable_primary_action();
			}
		},
	});
	dialog.show();
	show(dialog, found);
}

function show(dialog, found) {
	const chosen = found.find(({ campaign }) => campaign === dialog.get_value("campaign"));
	if (!chosen) return;
	const rows = (text, codes) => codes.length && el("li", {}, __(text, [codes.join(", ")]));
	dialog.fields_dict.outlook.$wrapper
		.empty()
		.append(
			el(
				"div",
				{},
				el("b", {}, __("{0}: {1} scorecards", [chosen.unit_group, chosen.scorecards])),
				el(
					"ul",
					{},
					[
						rows("Rows changed: {0}", chosen.changed),
						rows("Rows added: {0}", chosen.added),
						rows("Rows removed: {0}", chosen.removed),
					].filter(Boolean)
				),
				el(
					"p",
					{ class: "text-muted" },
					__(
						"The scorecards of the group go over to this version and are worked out anew. What does not fit it is taken off them and kept in the record."
					)
				)
			)
		);
}
