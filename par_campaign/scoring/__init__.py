"""Scoring, ranking and award selection: pure Python, `Decimal`, no frappe.

Everything here takes and gives plain data (see `model`), so that an auditor can read it and
anyone can run it. The desk, the command line and the recount all go through `campaign.evaluate`.
"""
