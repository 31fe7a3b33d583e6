"""Who may see and do what: roles and units, the rules for lists and documents, and what Frappe leaves open beside them."""
