"""The numbers on the home page: what is to be done now, in the reader's own part."""

import json

import frappe
import pytest
import site_factories as f

from par_campaign.par_campaign.number_card import counts

CARDS = ("Scorecards in Draft", "Scorecards to Appraise", "Scorecards Returned", "Scorecards Appraised")


def number(card: str, user: str) -> int:
	with f.as_user(user):
		return counts.scorecards(frappe.db.get_value("Number Card", card, "filters_json"))["value"]


@pytest.mark.parametrize("card", CARDS)
def test_cards_are_counted_by_our_method(base, card):
	kind, method, doctype = frappe.db.get_value("Number Card", card, ["type", "method", "document_type"])
	assert kind == "Custom" and frappe.get_attr(method) is counts.scorecards
	assert doctype == counts.SCORECARD  # by which Frappe says who sees the card


def test_each_state_is_counted_on_its_card(appraising):
	f.appraise(appraising, "TA")
	f.hand_in(appraising, "TB")
	assert [number(card, f.MANAGER) for card in CARDS] == [2, 1, 0, 1]


def test_units_count_their_own(appraising):
	f.hand_in(appraising, "TB")
	assert [number(card, f.HEAD_A) for card in CARDS] == [1, 0, 0, 0]
	assert [number(card, f.HOMELESS) for card in CARDS] == [0, 0, 0, 0]


def test_years_gone_by_are_not_counted(appraising):
	frappe.db.set_value("PAR Campaign", appraising.name, "workflow_state", "Closed")
	assert number("Scorecards in Draft", f.MANAGER) == 0


def test_a_click_opens_the_list_that_was_counted(appraising):
	with f.as_user(f.MANAGER):
		found = counts.scorecards(json.dumps([[counts.SCORECARD, "workflow_state", "=", "Draft", False]]))
		assert found["route_options"]["workflow_state"] == ["=", "Draft"]
		listed = frappe.get_list(counts.SCORECARD, found["route_options"], pluck="name", order_by="name")
	assert len(listed) == found["value"] == 4


@pytest.mark.parametrize(
	"wrong",
	[["PAR Unit Scorecard", "vote", "=", "x"], ["Version", "vote", "like", "%"], ["PAR Unit Scorecard"], 5],
)
def test_a_card_asks_about_scorecards_alone(base, wrong):
	with f.as_user(f.LEAD), pytest.raises(frappe.ValidationError, match="cannot be read"):
		counts.scorecards(json.dumps([wrong]))
