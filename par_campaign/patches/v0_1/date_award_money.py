"""An award's coefficient gets the day from which it holds; the base salary becomes data of its own."""

import frappe

from par_campaign.setup.install import make_base_salaries

FROM = "2024-01-01"  # before the first base salary installed, so that every amount can be told


def execute() -> None:
	make_base_salaries()
	if not frappe.db.has_column("PAR Award Level", "coefficient"):
		return
	# the column outlives its field, so what a site has set is still there
	table = frappe.qb.DocType("PAR Award Level")
	query = frappe.qb.from_(table).select(table.name, table.coefficient, table.legal_basis)
	for row in query.orderby(table.name).run(as_dict=True):
		level = frappe.get_doc("PAR Award Level", row.name)
		if row.coefficient and not level.rates:
			level.append(
				"rates", {"valid_from": FROM, "coefficient": row.coefficient, "source": row.legal_basis}
			)
			level.save(ignore_permissions=True)  # migrate runs as the system, with no user to ask
