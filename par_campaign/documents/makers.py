"""What makes the files of each kind of document. A maker registers itself by one of the decorators here:

	@builds(kinds.Submission, of=award_data_of)
	def submission(data: AwardData) -> Document: …

`printing/kinds` says what there is, for whom, and what is asked; what is made here is made from the server's own data.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import frappe
from frappe import _

import par_campaign.documents as room
from par_campaign import registers
from par_campaign.documents.file import File, named, rendered
from par_campaign.permissions import audience
from par_campaign.printing import kinds
from par_campaign.printing.bundles.archive import zip_documents
from par_campaign.printing.content import Document
from par_campaign.printing.kinds import Kind
from par_campaign.printing.pdf.rendering import merge_pdfs
from par_campaign.saying import say

Function = TypeVar("Function", bound=Callable)
JOINED: dict[str, Callable[[Iterable[Document]], bytes]] = {"pdf": merge_pdfs, "zip": zip_documents}


@dataclass(frozen=True)
class Bundle:
	"""Documents made one after the other, and how many they will be."""

	name: str
	count: int
	documents: Iterator[Document]


BUILDERS: dict[str, Callable[[Any], Document]] = {}  # by kind: a document, to be written as PDF or Word
BUNDLES: dict[str, Callable[[Any], Bundle]] = {}  # by kind: many documents in one file
FILES: dict[tuple[str, str], Callable[[Any, str], File]] = {}  # by kind and format: a file as it is
OFFERS: dict[str, Callable[[Any], dict]] = {}  # by kind: what its particulars usually say


def builds(
	kind: type[Kind], of: Callable[[Any], Any] = lambda filters: filters
) -> Callable[[Function], Function]:
	"""Decorates what builds a document from what `of` reads for its filters."""

	def register(function: Function) -> Function:
		BUILDERS[kind.key] = lambda filters: function(of(filters))
		return function

	return register


def bundles(kind: type[Kind]) -> Callable[[Function], Function]:
	"""Decorates what gives a `Bundle` for the filters."""

	def register(function: Function) -> Function:
		BUNDLES[kind.key] = function
		return function

	return register


def writes(kind: type[Kind], extension: str) -> Callable[[Function], Function]:
	"""Decorates what gives the `File` of a format for the filters and the format."""

	def register(function: Function) -> Function:
		FILES[kind.key, extension] = function
		return function

	return register


def offers(kind: type[Kind]) -> Callable[[Function], Function]:
	"""Decorates what a document of the kind usually says of a campaign, for the office to change."""

	def register(function: Function) -> Function:
		OFFERS[kind.key] = function
		return function

	return register


# --- asking for them -----------------------------------------------------------------------------------


def kind_of(key: str) -> type[Kind]:
	"""The kind of this key, if there is one and the session's user is in its audience."""
	load()
	kind = kinds.find(key)
	if not kind:
		frappe.throw(say(_("There is no document {0}."), key))
	audience.require(kind.audience)
	return kind


def made(kind: type[Kind], extension: str, filters) -> File:
	"""The file of a kind in one of its formats, for the filters."""
	require_format(kind, extension)
	if maker := FILES.get((kind.key, extension)):
		return maker(filters, extension)
	if kind.key in BUILDERS:
		return rendered(BUILDERS[kind.key](filters), campaign_name(filters), extension)
	bundle = BUNDLES[kind.key](filters)
	return joined(bundle, filters.campaign, extension)


def joined(bundle: Bundle, campaign: str, extension: str) -> File:
	"""The documents of a bundle in one file."""
	return named(bundle.name, campaign, extension, JOINED[extension](bundle.documents))


def built(kind: type[Kind], filters) -> Document | Bundle | None:
	"""What the file would be made from; None for a workbook. Raises what making it would be refused for."""
	if kind.key in BUILDERS:
		return BUILDERS[kind.key](filters)
	return BUNDLES[kind.key](filters) if kind.key in BUNDLES else None


def offered(kind: type[Kind], campaign) -> dict:
	"""What the particulars of a document usually say. Documents are Vietnamese, so this is."""
	load()
	offer = OFFERS.get(kind.key)
	return offer(campaign) if offer else {}


def require_format(kind: type[Kind], extension: str) -> None:
	"""Raise unless there is a document of this kind in this format."""
	if extension not in kind.formats:
		frappe.throw(say(_("There is no document {0} as {1}."), kind.key, extension))


def campaign_name(filters) -> str:
	"""The campaign a document is of."""
	if filters.campaign:
		return filters.campaign
	if filters.proposal:
		return frappe.db.get_value("PAR Award Proposal", filters.proposal, "campaign")
	return frappe.db.get_value("PAR Unit Scorecard", filters.scorecard, "campaign")


def load() -> None:
	"""Let every module of this room register what it makes."""
	registers.define(room.__name__, room.__path__)
