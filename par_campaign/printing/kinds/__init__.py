"""The kinds of documents there are: what each is called, who may have it, in which formats, what it asks, and where
the desk offers it.

A kind is one class, in a module of this room or of another: it registers itself by being defined. What makes its files
registers itself beside it (`par_campaign/documents/makers.py`). docs/developers/README.md tells how to add one.
"""

from enum import Enum
from typing import ClassVar

from par_campaign import registers

# What is asked of a paper that is numbered and signed
PAPER = ("document_number", "document_date", "signatory_authority", "signatory_title", "signatory_name")
# What may further be said of such a paper, on its own form
PAPER_FURTHER = ("symbol", "issuer", "issuer_parent", "recipients", "archive")


class Audience(str, Enum):
	"""Whom a document is for; `par_campaign/permissions/audience.py` says who they are."""

	PROVINCE = "provincial staff"
	UNITS = "the people of units, each of their own"
	ALL = "provincial staff, and the people of units, each of their own"


class Place(str, Enum):
	"""Where the desk offers documents."""

	CAMPAIGN = "campaign"  # on the form of a campaign
	AWARDS = "awards"  # on the report and the list of award proposals, and on each proposal
	SCORECARD = "scorecard"  # on the form of a scorecard
	PROPOSAL = "proposal"  # on the form of an award proposal, of its unit


class Kind:
	"""A kind of document. A class with a `key` is registered; one without is a pattern for others."""

	key: ClassVar[str] = ""  # in addresses and names: letters and underscores
	label: ClassVar[str] = ""  # in English; translated where it is shown
	formats: ClassVar[tuple[str, ...]] = ("pdf", "docx")  # the usual one first
	audience: ClassVar[Audience] = Audience.PROVINCE
	places: ClassVar[dict[Place, Audience]] = {}  # where it is offered, and to whom
	order: ClassVar[int] = 100  # among the others of a menu
	asks: ClassVar[tuple[str, ...]] = ()  # fields of PAR Document, in the order of its dialog
	further: ClassVar[tuple[str, ...]] = ()  # filters the dialog asks for as well
	of_unit: ClassVar[bool] = False  # kept for each unit by itself where it is of one
	of_unit_only: ClassVar[bool] = False
	in_background: ClassVar[bool] = False  # it takes minutes; its file hangs on a PAR Document

	def __init_subclass__(cls) -> None:
		super().__init_subclass__()
		if not cls.key:
			return
		if cls.key in REGISTERED and REGISTERED[cls.key].__qualname__ != cls.__qualname__:
			raise ValueError(f"two kinds of documents are called {cls.key}")
		REGISTERED[cls.key] = cls

	@classmethod
	def is_kept(cls) -> bool:
		"""Whether something of it is kept as a PAR Document: what it asks, or its file."""
		return bool(cls.asks) or cls.in_background

	@classmethod
	def fields(cls) -> tuple[str, ...]:
		"""Fields of PAR Document that say something of this kind."""
		further = PAPER_FURTHER if "signatory_title" in cls.asks else ()
		return (*cls.asks, *(field for field in further if field not in cls.asks))


REGISTERED: dict[str, type[Kind]] = {}


def every() -> tuple[type[Kind], ...]:
	"""All kinds in the order of menus."""
	registers.define(__name__, __path__)
	return tuple(sorted(REGISTERED.values(), key=lambda kind: (kind.order, kind.key)))


def kept() -> tuple[type[Kind], ...]:
	"""Those of which something is kept as a PAR Document."""
	return tuple(kind for kind in every() if kind.is_kept())


def find(key: str) -> type[Kind] | None:
	"""The kind of this key."""
	registers.define(__name__, __path__)
	return REGISTERED.get(key)
