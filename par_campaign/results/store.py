"""Between documents and the scoring model, in both directions of reading and none of computing.

A campaign is read in a handful of queries whatever its size, then everything is worked out by
`scoring`. Reports, publishing, proposals, the results workbook and the forms all come through here,
so the desk and the command line give the same numbers.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum

import frappe
from frappe.query_builder.functions import Count

from par_campaign.scoring import messages, ruletext
from par_campaign.scoring.fault import Fault
from par_campaign.scoring.model import (
	Band,
	BonusPosition,
	Campaign,
	Card,
	CriteriaSet,
	Criterion,
	EvidenceDemand,
	Heading,
	Line,
	NotApplicableMode,
	Option,
	Proposal,
	Quota,
	Rule,
	RuleKind,
	ScoreType,
	TieBreak,
	TieBreaker,
	Tier,
	Vote,
	VoteBase,
)
from par_campaign.states import EvidenceState

messages.set_translator(frappe._)  # scoring speaks the language of whoever is logged in


def decimal(value) -> Decimal:
	"""A stored Float as `Decimal`, exactly as it is shown (floats carry at most nine places here)."""
	return Decimal(format(float(value or 0), ".9f")).normalize() + 0


def _optional(value) -> Decimal | None:
	"""0 in an optional Float field means "not set"."""
	return decimal(value) if value else None


# --- criteria sets ------------------------------------------------------------------------------


def criteria_set(name: str) -> CriteriaSet:
	"""A criteria set by name."""
	return criteria_set_of(frappe.get_cached_doc("PAR Criteria Set", name))


def criteria_sets(names: Iterable[str]) -> dict[str, CriteriaSet]:
	"""Criteria sets by name (cached documents: a campaign has a few)."""
	return {name: criteria_set(name) for name in sorted(names)}


def criteria_set_of(doc, unread: frozenset[str] = frozenset()) -> CriteriaSet:
	"""The scoring model of a PAR Criteria Set document, saved or not.

	`unread`: rows whose lines of answers or numbers cannot be read (`text_faults`); they come without.
	"""
	return CriteriaSet(
		name=doc.name or "",
		title=doc.title or "",
		criteria=criteria_of(doc, unread),
		bonus_position=BonusPosition(doc.bonus_position or "After index"),
		not_applicable=NotApplicableMode(doc.not_applicable or "Rescale maximum"),
		bonus_cap=_optional(doc.bonus_cap),
		deduction_cap=_optional(doc.deduction_cap),
	)


def criteria_of(doc, unread: frozenset[str] = frozenset()) -> tuple[Criterion, ...]:
	"""The rows of a PAR Criteria Set."""
	return tuple(_criterion(row, (row.code or "") not in unread) for row in doc.criteria)


def _criterion(row, readable: bool) -> Criterion:
	return Heading(
		code=row.code or "",
		title=row.title or "",
		maximum=_optional(row.maximum),
		score_type=ScoreType(row.score_type or "Normal"),
		demand=EvidenceDemand(row.demand or "None"),
		may_not_apply=bool(row.may_not_apply),
		auto=row.auto_claim or "",
	).with_rule(_rule(row, readable) if row.rule else None)


def _rule(row, readable: bool) -> Rule:
	kind = RuleKind(row.rule)
	return Rule(
		kind=kind,
		step=_optional(row.step),
		options=_options(row) if readable and kind is RuleKind.CHOICE else (),
		tiers=_tiers(row) if readable and kind in (RuleKind.TIERS, RuleKind.FORMULA) else (),
		full=_optional(row.full_rate),
		floor=_optional(row.floor_rate),
		per_occurrence=_optional(row.per_occurrence),
		formula=(row.formula or "").strip(),
		inputs=ruletext.parse_inputs(row.inputs_text or "") if readable else (),
		scale=_optional(row.external_scale),
		source=row.external_source or "",
	)


def _options(row) -> tuple[Option, ...]:
	return tuple(ruletext.parse_options(row.options_text or ""))


def _tiers(row) -> tuple[Tier, ...]:
	return tuple(ruletext.parse_tiers(row.options_text or ""))


def guidance(name: str) -> dict[str, str]:
	"""Notes of a criteria set's rows by code."""
	doc = frappe.get_cached_doc("PAR Criteria Set", name)
	return {row.code: row.guidance for row in doc.criteria if row.guidance}


def stored(value):
	"""A model's value as a document field holds it."""
	if isinstance(value, Decimal):
		return float(value)
	return value.value if isinstance(value, Enum) else value


def criterion_row(criterion: Criterion, note: str | None = None) -> dict:
	"""A row of PAR Criteria Set from the model: the mirror of `criteria_of`."""
	rule = criterion.rule
	row = {
		"code": criterion.code,
		"title": criterion.title,
		"maximum": stored(criterion.stated_maximum),
		"score_type": criterion.score_type.value,
		"demand": criterion.demand.value,
		"may_not_apply": int(criterion.may_not_apply),
		"auto_claim": criterion.auto or None,
		"guidance": note,
	}
	if not rule:
		return row
	text = ruletext.format_options(rule.options) if rule.options else ruletext.format_tiers(rule.tiers)
	return {
		**row,
		"rule": rule.kind.value,
		"step": stored(rule.step),
		"options_text": text,
		"full_rate": stored(rule.full),
		"floor_rate": stored(rule.floor),
		"per_occurrence": stored(rule.per_occurrence),
		"formula": rule.formula,
		"inputs_text": ruletext.format_inputs(rule.inputs),
		"external_source": rule.source,
		"external_scale": stored(rule.scale),
	}


# what answers, bands and stated numbers are read into, and what uses them
TEXT_FIELDS = ("options_text", "inputs_text", "formula")


def text_faults(doc) -> list[Fault]:
	"""Lines of answers, bands and stated numbers that cannot be read."""
	found = []
	for row in doc.criteria:
		reads: list[tuple[str, Callable[[str], object]]] = [("inputs_text", ruletext.parse_inputs)]
		if row.rule == RuleKind.CHOICE.value:
			reads.append(("options_text", ruletext.parse_options))
		elif row.rule in (RuleKind.TIERS.value, RuleKind.FORMULA.value):
			reads.append(("options_text", ruletext.parse_tiers))
		for field, read in reads:
			try:
				read(row.get(field) or "")
			except ruletext.RuleTextError as error:
				found.append(Fault(row.code, field, str(error)))
	return found


# --- scorecards ---------------------------------------------------------------------------------


def bands(campaign: str) -> tuple[Band, ...]:
	"""The classes of a campaign."""
	return bands_of(frappe.get_cached_doc("PAR Campaign", campaign))


def tie_breakers_of(campaign) -> tuple[TieBreaker, ...]:
	"""What separates equal indexes in a PAR Campaign document, in its order."""
	return tuple(TieBreaker(TieBreak(row.kind), (row.area or "").strip()) for row in campaign.tie_breakers)


def bands_of(campaign) -> tuple[Band, ...]:
	return tuple(Band(row.label, decimal(row.minimum)) for row in campaign.bands)


def card(doc) -> Card:
	"""The scoring model of a PAR Unit Scorecard document, saved or not."""
	return _card(doc, tuple(_line(line, line.evidence_count, doc) for line in doc.lines))


def _card(row, lines: tuple[Line, ...]) -> Card:
	return Card(
		unit=row.unit,
		unit_name=row.unit_name or row.unit,
		group=row.unit_group,
		cluster=row.cluster or "",
		criteria_set=row.criteria_set,
		lines=lines,
		appraised=bool(row.round),
		disqualified=(row.disqualified_reason or "disqualified") if row.disqualified else "",
		state=row.workflow_state or "",
	)


def _line(row, evidence: int, of) -> Line:
	"""A row of the scorecard `of`. Whoever handed it in answers for its claims; a value from outside is
	noted with its document and with who entered it."""
	return Line(
		code=row.code,
		applicable=bool(row.applicable),
		appraised_applicable=bool(row.appraised_applicable),
		claim=row.self_claim or None,
		appraised_claim=row.appraised_claim or None,
		external=decimal(row.external_value) if row.has_external else None,
		claimed_by=(of.answered_by or of.submitted_by or "") if row.self_claim else "",
		has_evidence=bool(evidence),
		explanation=row.explanation or "",
		note=row.external_source or row.appraisal_note or "",
		appraised_by=row.external_by or row.appraised_by or "",
	)


def evidence_counts(scorecards: list[str]) -> dict[str, dict[str, int]]:
	"""Documents per scorecard and row; rejected ones do not count."""
	item, row = frappe.qb.DocType("PAR Evidence Item"), frappe.qb.DocType("PAR Evidence Criterion")
	query = (
		frappe.qb.from_(item)
		.join(row)
		.on(row.parent == item.name)
		.select(item.scorecard, row.code, Count(item.name))
		.where(item.scorecard.isin(scorecards) & (item.status != EvidenceState.REJECTED))
		.groupby(item.scorecard, row.code)
		.orderby(item.scorecard)
	)
	counts: dict[str, dict[str, int]] = {}
	for scorecard, code, count in query.run():
		counts.setdefault(scorecard, {})[code] = count
	return counts


# --- a whole campaign ---------------------------------------------------------------------------

CARD_FIELDS = (
	"name",
	"unit",
	"unit_name",
	"unit_group",
	"cluster",
	"criteria_set",
	"round",
	"disqualified",
	"disqualified_reason",
	"workflow_state",
	"submitted_by",
	"answered_by",
)
LINE_FIELDS = (
	"parent",
	"code",
	"applicable",
	"appraised_applicable",
	"self_claim",
	"appraised_claim",
	"has_external",
	"external_value",
	"external_source",
	"external_by",
	"explanation",
	"appraisal_note",
	"appraised_by",
)


def campaign(name: str, *, with_rows: bool = True) -> Campaign:
	"""A campaign as its documents stand now; what its results rest on is `in_force`'s. No permission is
	checked here.

	Without rows it has what ranking and awards read beside stored totals: scorecards without lines, no criteria set.
	"""
	doc = frappe.get_cached_doc("PAR Campaign", name)
	cards = _cards(name, with_rows)
	return Campaign(
		name=doc.name,
		title=doc.title,
		year=doc.year,
		criteria_sets=tuple(criteria_sets({card.criteria_set for card in cards}).values())
		if with_rows
		else (),
		cards=cards,
		bands=bands_of(doc),
		tie_breakers=tie_breakers_of(doc),
		quotas=_quotas(doc),
		vote_base=VoteBase(doc.vote_base or "Members present"),
		proposals=proposals(name),
	)


def _cards(campaign_name: str, with_rows: bool) -> tuple[Card, ...]:
	rows = frappe.get_all(
		"PAR Unit Scorecard",
		filters={"campaign": campaign_name},
		fields=list(CARD_FIELDS),
		order_by="unit_group, cluster, unit",
	)
	lines = _lines({row.name: row for row in rows}) if with_rows else {}
	return tuple(_card(row, tuple(lines.get(row.name, ()))) for row in rows)


def _lines(cards: dict[str, dict]) -> dict[str, list[Line]]:
	names = list(cards)
	evidence = evidence_counts(names) if names else {}
	lines: dict[str, list[Line]] = {name: [] for name in names}
	for row in frappe.get_all(
		"PAR Scorecard Line",
		filters={"parent": ("in", names), "parenttype": "PAR Unit Scorecard"},
		fields=list(LINE_FIELDS),
		order_by="parent, idx",
	):
		count = evidence.get(row.parent, {}).get(row.code, 0)
		lines[row.parent].append(_line(row, count, cards[row.parent]))
	return lines


def _quotas(doc) -> tuple[Quota, ...]:
	levels = {
		row.name: row
		for row in frappe.get_all(
			"PAR Award Level", fields=["name", "precedence", "vote_threshold"], order_by="precedence"
		)
	}
	return tuple(
		Quota(
			level=row.award_level,
			precedence=levels[row.award_level].precedence,
			group=row.unit_group,
			count=row.places,
			cluster=row.cluster or "",
			per_cluster=bool(row.per_cluster),
			minimum_index=_optional(row.minimum_index),
			minimum_band=row.minimum_band or "",
			evidence_complete=bool(row.evidence_complete),
			threshold=_optional(row.vote_threshold) or _optional(levels[row.award_level].vote_threshold),
		)
		for row in doc.award_quotas
	)


def proposals(campaign_name: str) -> tuple[Proposal, ...]:
	"""A campaign's award proposals as they stand."""
	rows = frappe.get_all(
		"PAR Award Proposal",
		filters={"campaign": campaign_name},
		fields=[
			"unit",
			"award_level",
			"workflow_state",
			"members_total",
			"members_present",
			"votes_for",
			"decision_number",
			"decision_date",
		],
		order_by="unit, creation",
	)
	return tuple(
		Proposal(
			unit=row.unit,
			level=row.award_level,
			state=row.workflow_state,
			vote=Vote(row.members_total, row.members_present, row.votes_for) if row.members_present else None,
			decision_number=row.decision_number or "",
			decision_date=row.decision_date or None,
		)
		for row in rows
	)
