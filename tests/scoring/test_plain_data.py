"""The text of a campaign: the same for ever, readable again, and refused where it is none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from random import Random

import pytest
from small_campaigns import campaign

from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.digest import campaign_from_json, canonical_json
from par_campaign.scoring.plain_data import ContentError, from_plain, to_plain
from par_campaign.scoring.totals_text import counted_of, counted_text, totals_of

# What campaigns are named by on paper and on the disk: these sums must never change.
KNOWN = (
	# canonical text, digest of the results, text of the totals; by seed
	(
		"6cc80ff861f35503644eba3586164ff496f52a92bcd3efbee0787387b46c76a0",
		"2b0483e88bf330da0b6b8faa3c040d05bb45c3807eb74bebf2188e360c28325c",
		"3fda23f18ea0f61586b2cd0165087c376dfe797699e013887dec375d0833945d",
	),
	(
		"da7671de8dbd4f2798d1294f04b438dc0a393df764cc402a8d05ba94ce25f7b4",
		"b782243f2b1cc0c0352be16d4a9bd713eb0c92279ce453c11b1801302b775fd0",
		"ea471bf9f57f9788a87be1217939bd9b07754569ded3b9d3b3609ed06d0fc49c",
	),
	(
		"cc1052319f09ac1bd25201ab7f4952659e0912e0ec718b3148c2923165e108df",
		"ec6c1d48680be94efe20dbb0f1e1dc61f7551d0f1a23ccff86afc78fd41352a2",
		"1a58b7d157e507525fd58cd512b7333b3c5caba727bec6da63e8691242d0b4f5",
	),
	(
		"f7e0b7f78237ce629a3b936a5c6740b6b7a7a5ddfce6c076778b4951358eb211",
		"108664190b20f0b32de65b41072a4abb2131ac090ac498d2e865fc03c02e7e08",
		"8a8df53d4701884b02543d3115a4df43e68599aa7bdf0771cd8b13f823c3abd8",
	),
)
KNOWN_OF_MANY = "6c8f20838fced5ede1024a3b6141ec0c66e29365461a961d9dead598567b36e7"
MANY = 400


def sha256(text: str) -> str:
	return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def sums(seed: int) -> tuple[str, str, str]:
	made = campaign(Random(seed))
	results = evaluate(made)
	return sha256(canonical_json(made)), results.digest, sha256(counted_text(made, results.cards))


@pytest.mark.parametrize("seed", range(len(KNOWN)))
def test_texts_and_digests_stay_what_they_are(seed):
	assert sums(seed) == KNOWN[seed]


def test_texts_and_digests_of_many_campaigns_stay_what_they_are():
	assert sha256("".join("".join(sums(seed)) for seed in range(MANY))) == KNOWN_OF_MANY


def test_a_text_gives_its_campaign_back():
	for seed in range(MANY):
		made = campaign(Random(seed))
		assert campaign_from_json(canonical_json(made)) == made
		assert from_plain(type(made), to_plain(made)) == made


# --- what is refused -----------------------------------------------------------------------------


def changed(content: dict, *place: str | int, value: object) -> str:
	"""The text with another value in one place."""
	*way, last = place
	at = content
	for step in way:
		at = at[step]
	at[last] = value
	return json.dumps(content)


LEAF = ("criteria_sets", 0, "criteria", 2)
WRONG = (
	(("year",), "2025", "'2025' is no whole number @ Campaign.year"),
	(("year",), True, "True is no whole number @ Campaign.year"),
	(("title",), 5, "5 is no text @ Campaign.title"),
	(("cards",), "abc", "'abc' is no list @ Campaign.cards"),
	(("cards", 0), 3, r"3 is no object @ Campaign.cards\[0\]"),
	(("cards", 0, "appraised"), 1, r"1 is no yes or no @ Campaign.cards\[0\].appraised"),
	(("cards", 0, "colour"), "red", r"unknown fields: colour @ Campaign.cards\[0\]"),
	((*LEAF, "maximum"), "x", r"'x' is no number @ .*criteria\[2\].maximum"),
	((*LEAF, "maximum"), "NaN", r"'NaN' is no number @ .*criteria\[2\].maximum"),
	((*LEAF, "maximum"), 1.5, r"1.5 is no text @ .*criteria\[2\].maximum"),
	((*LEAF, "rule", "kind"), "Drect", r"'Drect' is not a valid RuleKind @ .*rule.kind"),
	((*LEAF, "rule", "inputs"), ["ab"], r"'ab' is no list @ .*inputs\[0\]"),
	((*LEAF, "rule", "inputs"), [["a", "b", "c"]], r"3 values where there are 2 @ .*inputs\[0\]"),
	(("proposals",), [{"unit": "A", "level": "B"}], r"the field is missing @ Campaign.proposals\[0\].state"),
	(
		("proposals",),
		[{"unit": "A", "level": "B", "state": "C", "decision_date": "2026-02-30"}],
		r"day is out of range.* @ Campaign.proposals\[0\].decision_date",
	),
)


@pytest.mark.parametrize(("place", "value", "message"), WRONG)
def test_wrong_content_is_refused_with_its_place(place, value, message):
	content = json.loads(canonical_json(campaign(Random(2))))
	with pytest.raises(ContentError, match=message):
		campaign_from_json(changed(content, *place, value=value))


@pytest.mark.parametrize("read", [campaign_from_json, counted_of, lambda text: totals_of("A", text)])
@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", "{}"])
def test_a_text_of_something_else_is_refused(read: Callable[[str], object], text):
	with pytest.raises(ContentError):
		read(text)


def test_all_that_is_wrong_is_said_at_once():
	with pytest.raises(ContentError, match=r"Campaign\.name;.*Campaign\.cards"):
		campaign_from_json("{}")
