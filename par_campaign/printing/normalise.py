"""Texts as both renderers can take them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, ClassVar, Protocol, TypeVar

# XML cannot hold these, and no font draws them; bidirectional controls would let a name print as another.
_UNPRINTABLE = re.compile(
	"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)


class Dataclass(Protocol):
	"""An instance of any dataclass."""

	__dataclass_fields__: ClassVar[dict[str, Any]]


Tree = TypeVar("Tree", bound=Dataclass)


def clean(text: str) -> str:
	"""Composed letters (every Vietnamese glyph is then one of the font's), printable characters only."""
	plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\u2028", "\n")
	return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", plain))


def cleaned(tree: Tree) -> Tree:
	"""The same document (or part of it) with every text cleaned."""
	return replace(tree, **{field.name: _cleaned(getattr(tree, field.name)) for field in fields(tree)})


def _cleaned(part: object) -> object:
	if isinstance(part, str) and not isinstance(part, Enum):
		return clean(part)
	if isinstance(part, tuple):
		return tuple(_cleaned(item) for item in part)
	if is_dataclass(part) and not isinstance(part, type):
		return cleaned(part)
	return part
