"""What of the model stands in which columns of a results workbook: one description for writing and for reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar, get_type_hints

from par_campaign.exchange.results_workbook.codec import Record, optional_text
from par_campaign.exchange.xlsx.tables import Column, Entry
from par_campaign.scoring.labels import flag_word, word

Item = TypeVar("Item")


@dataclass(frozen=True)
class Kind:
	"""How a value of the model is written into a cell, and read back from the cell of a column."""

	write: Callable[[Any], Entry]
	read: Callable[[Record, str], object]


class Part(Generic[Item]):
	"""The columns of a sheet that hold the fields of a dataclass, each in the column of its name.

	`named` says where a column's key is another; a field without a column is not written, and given when read.
	`columns` holds key and kind by field.
	"""

	def __init__(self, made: type[Item], columns: Sequence[Column], **named: str):
		self._made: Callable[..., Item] = made
		keys = {column.key for column in columns}
		types = get_type_hints(made)
		placed = ((name, named.get(name, name)) for name in _names(made))
		self.columns = {name: (key, _kind(types[name])) for name, key in placed if key in keys}

	def entries(self, item: object) -> dict[str, Entry]:
		"""What is written, by column key."""
		return {key: kind.write(getattr(item, name)) for name, (key, kind) in self.columns.items()}

	def read(self, record: Record, **more: object) -> Item:
		"""The thing that a record states; `more` are the fields without a column."""
		stated = {name: kind.read(record, key) for name, (key, kind) in self.columns.items()}
		return self._made(**stated, **more)


def _names(made: Any) -> list[str]:
	return [field.name for field in fields(made)]


def _as_it_is(value: Entry) -> Entry:
	return value


def _written(day: date | None) -> str:
	return day.isoformat() if day else ""


_KINDS: dict[object, Kind] = {
	str: Kind(_as_it_is, Record.text),
	str | None: Kind(optional_text, Record.optional_text),
	Decimal: Kind(_as_it_is, Record.number),
	Decimal | None: Kind(_as_it_is, Record.optional_number),
	int: Kind(_as_it_is, Record.natural),
	bool: Kind(flag_word, Record.flag),
	bool | None: Kind(flag_word, Record.optional_flag),
	date | None: Kind(_written, Record.day),
}


def _kind(of: Any) -> Kind:
	"""How values of a type stand in cells; choices by their Vietnamese words."""
	if isinstance(of, type) and issubclass(of, Enum):
		return Kind(word, lambda record, key: record.choice(key, of))
	return _KINDS[of]
