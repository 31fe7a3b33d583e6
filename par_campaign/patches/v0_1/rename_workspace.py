"""The workspace was named like the doctype PAR Campaign and took its route; it is PAR Emulation now."""

import frappe

from par_campaign.setup.install import make_module_profile


def execute() -> None:
	frappe.delete_doc_if_exists("Workspace", "PAR Campaign", force=True)
	make_module_profile()
