"""The plain data as what JSON knows, and back.

A dataclass is an object of its fields, without those at their default; a decimal is its plain text, a choice its
value, a day like 2026-01-15, a tuple a list. Reading is strict: a value of another kind, a missing field and a field
that the dataclass does not know are refused. Whoever left a field out unread would compute something else than what
was written.
"""

import json
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin

from cattrs import (
	BaseValidationError,
	Converter,
	ForbiddenExtraKeysError,
	IterableValidationError,
	IterableValidationNote,
	transform_error,
)
from cattrs.gen import make_dict_structure_fn, make_mapping_structure_fn

from par_campaign.scoring.decimals import plain
from par_campaign.scoring.model import Criterion, Heading, Leaf

Kind = TypeVar("Kind")
Hook = Callable[[Any, Any], Any]


class ContentError(ValueError):
	"""Content that is not of the kind asked for; says what is wrong, and where in it."""


def to_plain(value: Any) -> Any:
	"""Dataclasses, decimals, choices and days as what JSON knows."""
	return _converter.unstructure(value)


def from_plain(kind: type[Kind], content: object) -> Kind:
	"""The mirror of `to_plain` for a value of the given type. Raises `ContentError`."""
	try:
		return _converter.structure(content, kind)
	except BaseValidationError as error:
		raise ContentError("; ".join(transform_error(error, kind.__name__, _what_is_wrong))) from error


def dump(content: object) -> str:
	"""The one text of what JSON knows: keys sorted, no spaces."""
	return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def load(text: str) -> Any:
	"""The mirror of `dump`. Raises `ContentError`."""
	try:
		return json.loads(text)
	except json.JSONDecodeError as error:
		raise ContentError(f"no JSON: {error}") from error


def _what_is_wrong(error: BaseException, _kind: type | None) -> str:
	"""In words; any other error than these is none of the content, and goes on as it is."""
	if isinstance(error, ForbiddenExtraKeysError):
		return f"unknown fields: {', '.join(sorted(error.extra_fields))}"
	if isinstance(error, KeyError):
		return "the field is missing"
	if isinstance(error, ValueError):
		return str(error)
	raise error


def _require(content: object, kind: type[Kind]) -> Kind:
	if type(content) is not kind:
		raise ContentError(f"{content!r:.60} is no {_NAMES[kind]}")
	return content


_NAMES = {str: "text", int: "whole number", bool: "yes or no", list: "list", dict: "object"}


def _read_value(content: object, kind: type) -> object:
	"""A text, a whole number, yes or no as it is; a choice, which is a kind of text, by its value."""
	return kind(content) if issubclass(kind, Enum) else _require(content, kind)


def _read_decimal(content: object, _kind: type) -> Decimal:
	try:
		number = Decimal(_require(content, str))
	except InvalidOperation as error:
		raise ContentError(f"{content!r:.60} is no number") from error
	if not number.is_finite():
		raise ContentError(f"{content!r:.60} is no number")
	return number


def _read_date(content: object, _kind: type) -> date:
	return date.fromisoformat(_require(content, str))


def _reads_only(plain_kind: type, read: Hook) -> Hook:
	"""The library's way of reading, of what JSON has for it and nothing that merely looks like it."""
	return lambda content, kind: read(_require(content, plain_kind), kind)


def _dataclass_hook(kind: Any) -> Hook:
	return _reads_only(dict, make_dict_structure_fn(kind, _converter, _cattrs_forbid_extra_keys=True))


def _dict_hook(kind: Any) -> Hook:
	return _reads_only(dict, make_mapping_structure_fn(kind, _converter))


def _tuple_hook(kind: Any) -> Hook:
	kinds = get_args(kind)

	def read(content: object, of: Any) -> tuple[object, ...]:
		items = _require(content, list)
		each = kinds[:1] * len(items) if kinds[-1] is Ellipsis else kinds
		if len(items) != len(each):
			raise ContentError(f"{len(items)} values where there are {len(each)}")
		values, errors = [], []
		for at, (item, item_kind) in enumerate(zip(items, each, strict=True)):
			try:
				values.append(_converter.structure(item, item_kind))
			except Exception as error:  # sorted by `_what_is_wrong`
				vars(error).setdefault("__notes__", []).append(IterableValidationNote("", at, item_kind))
				errors.append(error)
		if errors:
			raise IterableValidationError("", errors, of)
		return tuple(values)

	return read


def _read_criterion(content: object, _kind: object) -> Criterion:
	"""A row with a rule is a leaf, one without a heading."""
	if "rule" in _require(content, dict):
		return _converter.structure(content, Leaf)
	return _converter.structure(content, Heading)


def _is_one_of(origin: type) -> Callable[[Any], bool]:
	"""Whether a type like `tuple[str, ...]` is one of tuples."""
	return lambda kind: get_origin(kind) is origin


def _make_converter() -> Converter:
	made = Converter(omit_if_default=True, unstruct_collection_overrides={tuple: list})
	made.register_unstructure_hook(Decimal, plain)
	made.register_unstructure_hook(date, date.isoformat)
	made.register_structure_hook(Criterion, _read_criterion)
	made.register_structure_hook_factory(is_dataclass, _dataclass_hook)
	made.register_structure_hook_factory(_is_one_of(dict), _dict_hook)
	made.register_structure_hook_factory(_is_one_of(tuple), _tuple_hook)
	for kind in (str, int, bool):
		made.register_structure_hook(kind, _read_value)
	made.register_structure_hook(Decimal, _read_decimal)
	made.register_structure_hook(date, _read_date)
	return made


_converter = _make_converter()
