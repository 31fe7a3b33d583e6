// Frappe shows a linked name as it is stored, so a workflow's state stood in English in the read-only field of
// a new document, in the list's table view and in reports.
frappe.form.link_formatters["Workflow State"] = (state) => (state ? __(state) : state);
