frappe.ui.form.on("PAR Gate Refusal", {
	refresh(frm) {
		if (!frappe.user.has_role("System Manager")) return;
		frm.add_custom_button(__("Allow on This Site"), () =>
			frappe.prompt(
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Needed for"), reqd: 1 },
				async ({ reason }) => {
					await frm.call("allow", { reason });
					frappe.set_route("Form", "PAR Gate Settings");
				},
				__("Allow on This Site")
			)
		);
	},
});
