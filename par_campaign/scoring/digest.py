"""One fixed text of a campaign and its results, and its SHA-256.

The text is JSON with sorted keys, numbers as plain decimal strings, and without what is at its
default: the same content always gives the same digest, on the server, on the command line, in any
year, also after the model has learned new fields. What has no order of its own (scorecards, their
lines, quotas, …) is put in one first, for a database and a workbook need not hold it in the same.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from par_campaign.scoring.decimals import plain
from par_campaign.scoring.model import Campaign, Results


def digest_of(campaign: Campaign, results: Results) -> str:
	"""SHA-256 (hex) of the campaign's data and of the numbers that follow from it.

	Words (traces, reasons) are left out: they depend on the reader's language.
	"""
	content = {"campaign": to_plain(_ordered(campaign)), "results": _numbers(results)}
	return hashlib.sha256(_dump(content).encode(errors="surrogatepass")).hexdigest()


def _ordered(campaign: Campaign) -> Campaign:
	"""The campaign with all in a fixed order whose order means nothing."""
	cards = (replace(card, lines=_sorted(card.lines)) for card in campaign.cards)
	return replace(
		campaign,
		criteria_sets=_sorted(campaign.criteria_sets),
		cards=_sorted(cards),
		bands=_sorted(campaign.bands),
		quotas=_sorted(campaign.quotas),
		proposals=_sorted(campaign.proposals),
	)


def _sorted(items: Iterable[Any]) -> tuple:
	return tuple(sorted(items, key=lambda item: _dump(to_plain(item))))


def _numbers(results: Results) -> dict:
	return {
		"cards": {
			unit: {
				"self_index": plain(card.self_totals.index),
				"index": plain(card.totals.index),
				"earned": plain(card.totals.earned),
				"maximum": plain(card.totals.maximum),
				"bonus": plain(card.totals.bonus),
				"deduction": plain(card.totals.deduction),
				"band": card.band,
			}
			for unit, card in results.cards.items()
		},
		"ranking": [[row.unit, row.rank, row.group_rank] for row in results.ranking],
		"awards": sorted([row.unit, row.level, row.scope, row.selection.value] for row in results.awards),
	}


def canonical_json(campaign: Campaign) -> str:
	"""The campaign as text, from which `campaign_from_json` makes it again."""
	return _dump(to_plain(campaign))


def campaign_from_json(text: str) -> Campaign:
	"""The mirror of `canonical_json`."""
	return from_plain(Campaign, json.loads(text))


def _dump(content: Any) -> str:
	return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def to_plain(value: Any) -> Any:
	"""Dataclasses, decimals and enums as what JSON knows."""
	if is_dataclass(value):
		return {
			f.name: to_plain(getattr(value, f.name))
			for f in fields(value)
			if getattr(value, f.name) != _default(f)
		}
	if isinstance(value, Enum):
		return value.value
	if isinstance(value, Decimal):
		return plain(value)
	if isinstance(value, date):
		return value.isoformat()
	if isinstance(value, tuple | list):
		return [to_plain(item) for item in value]
	return value


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
	return get_type_hints(kind)


def _default(field: Field) -> Any:
	return field.default_factory() if field.default_factory is not MISSING else field.default


def from_plain(kind: Any, value: Any) -> Any:
	"""The mirror of `to_plain` for a value of the given type."""
	origin = get_origin(kind)
	if origin in (Union, UnionType):
		if value is None:
			return None
		return from_plain(next(k for k in get_args(kind) if k is not type(None)), value)
	if origin is tuple:
		kinds = get_args(kind)
		if len(kinds) == 2 and kinds[1] is Ellipsis:
			return tuple(from_plain(kinds[0], item) for item in value)
		return tuple(from_plain(k, item) for k, item in zip(kinds, value, strict=True))
	if is_dataclass(kind):
		hints = _hints(kind)
		return kind(
			**{f.name: from_plain(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value}
		)
	if kind is Decimal:
		return Decimal(value)
	if kind is date:
		return date.fromisoformat(value)
	return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value
