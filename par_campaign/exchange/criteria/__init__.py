"""Criteria sets as workbooks: the app's own template and the annexes of decisions."""
