"""Everything a user can see has a Vietnamese translation, with the same placeholders."""

import csv
import re

import frappe
import pytest
from frappe.translate import get_messages_for_app

# Proper names and words that are the same in Vietnamese, or belong to Frappe's own navigation.
FRAPPES_OWN = "Navbar"


def catalogue(app: str) -> dict[str, str]:
	path = frappe.get_app_path(app, "translations", "vi.csv")
	with open(path, encoding="utf-8", newline="") as file:
		return {row[0]: row[1] for row in csv.reader(file) if len(row) >= 2}


def placeholders(text: str) -> set[str]:
	return set(re.findall(r"\{\d*\}", text))


def test_every_message_is_translated(base):
	known = catalogue("frappe") | catalogue("par_campaign")
	missing = {
		message[1]
		for message in get_messages_for_app("par_campaign")
		if message[1].strip() and message[1] not in known and not str(message[0]).startswith(FRAPPES_OWN)
	}
	assert not missing, sorted(missing)


def test_placeholders_are_kept():
	wrong = {s: t for s, t in catalogue("par_campaign").items() if placeholders(s) != placeholders(t)}
	assert not wrong


def test_nothing_is_translated_twice_or_to_nothing():
	path = frappe.get_app_path("par_campaign", "translations", "vi.csv")
	with open(path, encoding="utf-8", newline="") as file:
		rows = list(csv.reader(file))
	assert len({(row[0], *row[2:]) for row in rows}) == len(rows)  # a third column is the context
	assert all(row[1].strip() for row in rows)


@pytest.mark.parametrize(
	"text", ["Hand In", "PAR Rankings", "Tied at cut-off", "{0} is not between 0 and {1}."]
)
def test_messages_reach_a_vietnamese_reader(base, text):
	before = frappe.local.lang
	frappe.local.lang = "vi"
	try:
		assert frappe._(text) != text
	finally:
		frappe.local.lang = before
