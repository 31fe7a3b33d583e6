"""What a document needs besides the campaign's data: typed, so that a site can fill it from its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from par_campaign.printing.content import Header, Signature
from par_campaign.printing.forms import number_line, place_date, reference


@dataclass(frozen=True)
class Office:
	"""An agency as it stands above its documents. A line feed in a name breaks its line."""

	issuer: str  # "SỞ NỘI VỤ"
	place: str  # "Tiền Giang"
	parent: str = ""  # "ỦY BAN NHÂN DÂN\nTỈNH TIỀN GIANG"
	symbol: str = ""  # "SNV"
	drafter: str = ""  # division that drafts: "CCHC"
	name: str = ""  # in running text: "Sở Nội vụ tỉnh Tiền Giang"

	@property
	def in_text(self) -> str:
		"""The agency in running text."""
		return self.name or " ".join(self.issuer.split()).capitalize()


@dataclass(frozen=True)
class Signatory:
	"""Who signs. `authority` holds the lines above the title: ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")."""

	title: str
	name: str = ""
	authority: tuple[str, ...] = ()

	def block(self, note: str = "") -> Signature:
		"""The signature block."""
		return Signature((*self.authority, self.title), self.name, note)


class Frame(TypedDict):
	"""The fields of `Document` that every document takes from its paper."""

	header: Header
	bases: tuple[str, ...]
	signatures: tuple[Signature, ...]
	recipients: tuple[str, ...]
	archive: str
	reference: str


@dataclass(frozen=True)
class Paper:
	"""What frames a document: agency, number, date, signatory, receivers.

	A number or date not yet given leaves room for the hand. `symbol` is made of the kind's and the
	agency's abbreviations unless given.
	"""

	office: Office
	signatory: Signatory
	number: int | None = None
	date: date | None = None
	year: int | None = None  # shown while the date is open
	symbol: str = ""
	recipients: tuple[str, ...] = ()
	archive: str = ""  # default "VT, <drafter>"
	bases: tuple[str, ...] = ()
	draft: bool = False

	def symbol_of(self, abbreviation: str | None) -> str:
		"""Ký hiệu: TTr-SNV; of a công văn, whose abbreviation is "", SNV-CCHC.

		None: a list or table is no kind of document of the decree and bears a number only with a
		`symbol` of its own.
		"""
		if self.symbol or abbreviation is None:
			return self.symbol
		agency = self.office.symbol
		parts = (abbreviation, agency) if abbreviation else (agency, self.office.drafter)
		return "-".join(part for part in parts if part)

	def header(self, abbreviation: str | None, *, dated: bool = True) -> Header:
		"""The head of the document."""
		return Header(
			issuer=self.office.issuer,
			parent=self.office.parent,
			number=number_line(self.number, self.symbol_of(abbreviation)),
			place_date=place_date(self.office.place, self.date, self.year) if dated else "",
			mark="DỰ THẢO" if self.draft else "",
		)

	def reference(self, kind: str, abbreviation: str | None, *, with_issuer: bool = True) -> str:
		"""How other documents and this one's annexes name it: "Tờ trình số … ngày … của …". The issuer is left
		out where the sentence has named it."""
		issuer = self.office.in_text if with_issuer else ""
		return reference(kind, self.number, self.symbol_of(abbreviation), self.date, self.year, issuer)

	def archive_or_default(self) -> str:
		"""What stands after "Lưu:"."""
		return self.archive or ", ".join(part for part in ("VT", self.office.drafter) if part)

	def frame(
		self, kind: str, abbreviation: str | None, *, dated: bool = True, answers_to: Sequence[str] = ()
	) -> Frame:
		"""The fields of `Document` that every document takes from its paper; `answers_to`: who stands after "Kính
		gửi", and is the first to receive it."""
		return {
			"header": self.header(abbreviation, dated=dated),
			"bases": self.bases,
			"signatures": (self.signatory.block(),),
			"recipients": self.recipients or (("Như trên",) if answers_to else ()),
			"archive": self.archive_or_default(),
			"reference": self.reference(kind, abbreviation),
		}
