"""Who may do what, as data: the tables in tables/ and what walks them by real requests.

A table is one doctype. Its rows are a state, whose document it is and an action; its columns are people.
`yes`: it works and has its effect. `no`: it is refused and nothing changes. `kept`: the save goes through, but
what was tried stays as it was. `-`: nothing to ask. In the column of states, `*` stands for all states that no
other row of the same action names, in the column `whose` for both: `own` says that the account belongs to
the document's unit, `other` that it does not. Lines that begin with # give the rule.

The tables are written from the rules (docs/admin.md, docs/developers/README.md), not from what the code does.
"""
