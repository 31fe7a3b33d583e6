"""Notices: who is told what, and when. By Frappe's own bell, by e-mail where a campaign says so."""
