"""What must hold for any campaign and any input (hypothesis)."""

from __future__ import annotations

import decimal
import unicodedata
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from random import Random

from brute_force_points import hundredths
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from small_campaigns import campaign, card, coarse_card, tied_card

from par_campaign.scoring.campaign import evaluate
from par_campaign.scoring.claims import canonical
from par_campaign.scoring.decimals import NumberError, comma, format_vi, plain, round2, to_decimal
from par_campaign.scoring.digest import campaign_from_json, canonical_json
from par_campaign.scoring.errors import ClaimError
from par_campaign.scoring.model import (
	Campaign,
	Leaf,
	Option,
	Rule,
	RuleKind,
	ScoreType,
	Selection,
	Tier,
)
from par_campaign.scoring.rules import score
from par_campaign.scoring.ruletext import (
	format_inputs,
	format_options,
	format_tiers,
	parse_inputs,
	parse_options,
	parse_tiers,
)

D = Decimal
quick = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
seeds = st.integers(min_value=0, max_value=2**32)
makers = st.sampled_from((card, coarse_card, tied_card))


@st.composite
def campaigns(draw) -> Campaign:
	return campaign(Random(draw(seeds)), draw(makers))


def points(most: int = 100) -> st.SearchStrategy[Decimal]:
	return st.decimals(min_value=0, max_value=most, places=2, allow_nan=False, allow_infinity=False)


# --- campaigns ---------------------------------------------------------------------------------------


@quick
@given(campaigns(), st.randoms())
def test_the_order_in_which_things_come_does_not_matter(made, rng):
	def mixed(things):
		things = list(things)
		rng.shuffle(things)
		return tuple(things)

	cards = mixed(replace(one, lines=mixed(one.lines)) for one in made.cards)
	other = evaluate(replace(made, cards=cards, proposals=mixed(made.proposals)))
	results = evaluate(made)
	assert other.ranking == results.ranking
	assert other.cards == results.cards
	assert sorted(map(repr, other.awards)) == sorted(map(repr, results.awards))
	assert other.digest == results.digest


@quick
@given(campaigns(), st.randoms())
def test_the_order_of_quotas_does_not_decide(made, rng):
	quotas = list(made.quotas)
	rng.shuffle(quotas)
	other, results = evaluate(replace(made, quotas=tuple(quotas))), evaluate(made)
	assert sorted(map(repr, other.awards)) == sorted(map(repr, results.awards))


@quick
@given(campaigns(), st.integers(0, 6), st.sampled_from(("1.1.1", "1.2")))
def test_more_points_never_lower_a_rank(made, at, code):
	one = made.cards[at % len(made.cards)]
	assume(not one.disqualified)
	(of,) = made.criteria_sets
	most = str(next(leaf.maximum for leaf in of.leaves() if leaf.code == code))
	lines = tuple(
		replace(line, appraised_claim=most, claim=line.claim if one.appraised else most)
		if line.code == code
		else line
		for line in one.lines
	)
	better = replace(one, lines=lines)
	cards = tuple(better if other is one else other for other in made.cards)
	before = {row.unit: row for row in evaluate(made).ranking}[one.unit]
	after = {row.unit: row for row in evaluate(replace(made, cards=cards)).ranking}[one.unit]
	assert after.index >= before.index
	assert after.rank <= before.rank and after.group_rank <= before.group_rank


@quick
@given(campaigns())
def test_points_sums_and_index_stay_within_their_bounds(made):
	(of,) = made.criteria_sets
	for result in evaluate(made).cards.values():
		for totals in (result.self_totals, result.totals):
			assert 0 <= totals.earned <= totals.maximum
			assert of.bonus_cap is None or totals.bonus <= of.bonus_cap
			assert of.deduction_cap is None or totals.deduction <= of.deduction_cap
			outside = (totals.bonus - totals.deduction) * 100
			scale = totals.maximum if of.bonus_position.value == "Before index" and totals.maximum else 100
			half = D("0.005")
			assert outside / scale - half <= totals.index <= 100 + outside / scale + half
			assert all(0 <= row.earned <= row.maximum for row in totals.rows.values())
		for line in result.lines.values():
			assert line.points is None or 0 <= line.points <= line.maximum


@quick
@given(campaigns())
def test_areas_add_up_to_the_whole(made):
	for result in evaluate(made).cards.values():
		rows = result.totals.rows
		assert sum((rows[a].maximum for a in ("1", "2")), D(0)) == result.totals.maximum
		earned = sum(Fraction(rows[area].earned) for area in ("1", "2"))
		assert abs(earned - Fraction(result.totals.earned)) < Fraction(1, 10**29)
		assert rows["1"].maximum == rows["1.1"].maximum + result_maximum(made, result, "1.2")


def result_maximum(made, result, code) -> Decimal:
	granted = made.criteria_sets[0].not_applicable.value == "Grant points"
	line = result.lines[code]
	return line.maximum if line.applicable or granted else D(0)


@quick
@given(campaigns())
def test_ranks_are_competition_ranks(made):
	rows = [row for row in evaluate(made).ranking if not row.disqualified]
	for row in rows:
		rivals = [other for other in rows if (other.group, other.cluster) == (row.group, row.cluster)]
		assert row.rank == 1 + sum(other.rank < row.rank for other in rivals)
		assert all(other.rank > row.rank for other in rivals if other.index < row.index)
		in_group = [other for other in rows if other.group == row.group]
		assert row.group_rank == 1 + sum(other.group_rank < row.group_rank for other in in_group)


@quick
@given(campaigns())
def test_nobody_gets_two_awards_and_no_quota_is_exceeded(made):
	awards = evaluate(replace(made, proposals=())).awards
	won = [row.unit for row in awards if row.selection is Selection.QUALIFIED]
	assert len(won) == len(set(won))
	assert not {row.unit for row in awards if row.selection is Selection.TIED} & set(won)
	for quota in made.quotas:
		scopes = {row.cluster for row in awards if row.group == quota.group}
		most = sum(q.count for q in made.quotas if (q.level, q.group) == (quota.level, quota.group)) * max(
			1, len(scopes)
		)
		of_level = [row for row in awards if (row.level, row.group) == (quota.level, quota.group)]
		assert sum(row.selection is Selection.QUALIFIED for row in of_level) <= most


@quick
@given(campaigns(), st.integers(1, 8))
def test_the_callers_decimal_context_does_not_matter(made, precision):
	results = evaluate(made)
	with decimal.localcontext(decimal.Context(prec=precision, rounding=decimal.ROUND_UP, traps=[])):
		other = evaluate(made)
	assert other == results


@quick
@given(campaigns())
def test_the_text_of_a_campaign_gives_it_back(made):
	text = canonical_json(made)
	assert campaign_from_json(text) == made
	assert evaluate(campaign_from_json(text)).digest == evaluate(made).digest


@quick
@given(campaigns(), st.integers(0, 6), st.integers(0, 6), st.text(max_size=3))
def test_any_change_of_a_claim_or_remark_changes_the_digest(made, at, line_at, remark):
	one = made.cards[at % len(made.cards)]
	assume(one.lines)
	line = one.lines[line_at % len(one.lines)]
	assume(line.note != remark)
	lines = tuple(replace(other, note=remark) if other is line else other for other in one.lines)
	cards = tuple(replace(other, lines=lines) if other is one else other for other in made.cards)
	assert evaluate(replace(made, cards=cards)).digest != evaluate(made).digest


# --- numbers -----------------------------------------------------------------------------------------


@quick
@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=100_000))
def test_rounding_is_that_of_fractions(value):
	exact = Decimal(value.numerator) / Decimal(value.denominator)
	assume(Fraction(exact) == value)
	assert Fraction(round2(exact)) * 100 == hundredths(value)


@quick
@given(points())
def test_numbers_survive_being_written(value):
	for text in (plain(value), comma(value), format_vi(value), f" {value}\u00a0", str(value)):
		assert to_decimal(text) == value


@quick
@given(st.text(alphabet="0123456789.,+- \u00a0eE_٣x%", max_size=12) | st.text(max_size=20))
def test_a_text_is_one_plain_number_or_refused(text):
	try:
		value = to_decimal(text)
	except NumberError as error:
		assert str(error)
	else:
		assert value.is_finite()
		assert Fraction(value) == Fraction(text.strip().replace(",", "."))


# --- claims ------------------------------------------------------------------------------------------

tier_cut = st.decimals(min_value=1, max_value=99, places=1)
leaves = st.sampled_from(
	(
		Leaf("1", "", D(3), rule=Rule(RuleKind.DIRECT)),
		Leaf("1", "", D(3), rule=Rule(RuleKind.DIRECT, step=D("0.25"))),
		Leaf("1", "", D(3), rule=Rule(RuleKind.YES_NO)),
		Leaf(
			"1", "", D(3), rule=Rule(RuleKind.CHOICE, options=(Option("Đúng hạn", D(3)), Option("2", D(0))))
		),
		Leaf("1", "", D(3), rule=Rule(RuleKind.TIERS, tiers=parse_tiers("từ 80 %: 3\ndưới 80: tỷ lệ"))),
		Leaf("1", "", D(3), rule=Rule(RuleKind.PROPORTIONAL, full=D(90), floor=D(50))),
		Leaf("1", "", D(3), rule=Rule(RuleKind.COUNT, per_occurrence=D("0.7"))),
		Leaf(
			"1",
			"",
			D(3),
			rule=Rule(RuleKind.FORMULA, formula="100 * a / (a + b)", inputs=(("a", "A"), ("b", "B"))),
		),
		Leaf("1", "", D(3), ScoreType.BONUS, rule=Rule(RuleKind.EXTERNAL, source="DDCI")),
	)
)
number_texts = st.one_of(
	points(120).map(comma), points(120).map(str), st.integers(-2, 120).map(str), st.text(max_size=6)
)
claim_texts = st.one_of(
	number_texts,
	number_texts.map(lambda text: f" {text} % "),
	st.tuples(number_texts, number_texts).map(lambda pair: f"b={pair[1]};a = {pair[0]}"),
	st.sampled_from(("Yes", "có", "CÓ", "co\u0301", "Không", "no", "1", "0", "đúng  HẠN", "2", "3", "")),
)


@settings(quick, max_examples=600)
@given(leaves, claim_texts)
def test_the_stored_claim_is_stable_and_scores_the_same(leaf, text):
	try:
		stored = canonical(leaf, text)
	except ClaimError as error:
		assert error.code == "1" and str(error)
		return
	assert canonical(leaf, stored) == stored
	scored = score(leaf, text)
	assert scored == score(leaf, stored)
	if scored is not None:
		assert 0 <= scored[0] <= leaf.maximum


@quick
@given(leaves, points(100), points(100))
def test_a_higher_rate_never_earns_less(leaf, lower, higher):
	assume(leaf.rule.kind in (RuleKind.TIERS, RuleKind.PROPORTIONAL) and lower <= higher)
	assert score(leaf, comma(lower))[0] <= score(leaf, comma(higher))[0]


# --- rules as text -------------------------------------------------------------------------------------

labels = st.text(
	alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Co", "Cn")),
	min_size=1,
	max_size=20,
).map(partial(unicodedata.normalize, "NFC"))


@quick
@given(st.lists(st.builds(Option, labels, points()), max_size=5).map(tuple))
def test_answers_round_trip(options):
	assert parse_options(format_options(options)) == options


@st.composite
def tiers(draw) -> Tier:
	paid = draw(st.none() | points())
	low, high = sorted((draw(points()), draw(points())))
	shape = draw(st.sampled_from(("above", "below", "between")))
	if shape == "above":
		return Tier(low, draw(st.booleans()), None, False, paid)
	if shape == "below":
		return Tier(None, False, high, draw(st.booleans()), paid)
	return Tier(low, draw(st.booleans()), high, draw(st.booleans()), paid)


@quick
@given(st.lists(tiers(), max_size=5).map(tuple))
def test_bands_round_trip(made):
	assert parse_tiers(format_tiers(made)) == made


@quick
@given(
	st.dictionaries(st.from_regex(r"\A[a-z][a-z0-9_]{0,5}\Z"), labels, max_size=5).map(
		lambda names: tuple(names.items())
	)
)
def test_inputs_round_trip(inputs):
	assert parse_inputs(format_inputs(inputs)) == inputs
