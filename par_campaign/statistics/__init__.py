"""Figures the reports show beside the scores: how far units are, where points are lost, what changed.

Plain data in, plain data out: no frappe here. Points and percentages are `Decimal`; what a scorecard is
worth is never worked out here but by `scoring`.
"""
