"""XML read piece by piece, with everything refused that could make it grow or reach outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from par_campaign.exchange.xlsx import limits
from par_campaign.exchange.xlsx.errors import WorkbookError, refuse
from par_campaign.scoring.messages import _

# Broken XML, or an encoding that Python does not know.
_XML_ERRORS = (SAXException, LookupError, ValueError, UnicodeError)


class _Parser(DefusedExpatParser):  # type: ignore[misc]  # defusedxml says nothing of its types
	"""The defused parser, with an eye on how far it lags behind what it was given."""

	def lag(self, fed: int) -> int:
		"""Bytes given but not yet understood: the length of the token being read."""
		return fed - max(int(self._parser.CurrentByteIndex), 0)


class Elements(ContentHandler):
	"""Element events by local names (writers differ in prefixes), with bounded depth.

	Subclasses override `start` and `end`; `path` holds the open elements, outermost first.
	Text is gathered only while `text` is a list.
	"""

	def __init__(self) -> None:
		super().__init__()
		self.path: list[str] = []
		self.text: list[str] | None = None
		self.text_left = 0

	def start(self, name: str, attributes: dict[str, str]) -> None:
		"""An element begins; `name` and the attributes' names as written, without the element's prefix."""

	def end(self, name: str) -> None:
		"""An element ends."""

	def gather(self, most: int) -> None:
		"""Begin to gather text, at most so many characters."""
		self.text = []
		self.text_left = most

	def gathered(self) -> str:
		"""The text gathered since `gather`; ends gathering."""
		text = "".join(self.text or ())
		self.text = None
		return text

	def too_long(self) -> WorkbookError:
		"""The error for a text longer than may be gathered."""
		return refuse(_("A text in the workbook is longer than a cell may hold"))

	def startElement(self, name: str, attrs: AttributesImpl) -> None:
		"""SAX event."""
		name = name.rpartition(":")[2]
		self.path.append(name)
		if len(self.path) > limits.DEPTH:
			raise refuse(_("The workbook is damaged: its XML is nested too deeply"))
		self.start(name, dict(attrs.items()))

	def endElement(self, name: str) -> None:
		"""SAX event."""
		self.end(name.rpartition(":")[2])
		self.path.pop()

	def characters(self, content: str) -> None:
		"""SAX event."""
		if self.text is None:
			return
		self.text_left -= len(content)
		if self.text_left < 0:
			raise self.too_long()
		self.text.append(content)


def stream(part: str, chunks: Iterable[bytes], handler: Elements, sheet: str = "") -> Iterator[None]:
	"""Feed a part to the handler; yields after each piece so that the caller can take what has come.

	`sheet` is named in errors. WorkbookError for broken XML, a document type or entity declaration, or
	an endless token.
	"""
	parser = _Parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
	parser.setContentHandler(handler)
	fed = 0
	try:
		for chunk in chunks:
			parser.feed(chunk)
			fed += len(chunk)
			if parser.lag(fed) > limits.TOKEN:
				raise refuse(_("The workbook is damaged: part {0} has an endless tag").format(part), sheet)
			yield
		parser.close()
		yield
	except WorkbookError:
		raise
	except DefusedXmlException as error:
		raise refuse(
			_("Part {0} declares a document type or entities, which .xlsx never has").format(part), sheet
		) from error
	except _XML_ERRORS as error:
		raise refuse(_("The workbook is damaged: part {0} is not XML").format(part), sheet) from error


def read(part: str, chunks: Iterable[bytes], handler: Elements) -> None:
	"""Feed a whole part to the handler. Errors as in `stream`."""
	for _step in stream(part, chunks, handler):
		pass


def attribute(attributes: dict[str, str], local: str) -> str:
	"""An attribute by its local name, whatever prefix the writer gave it; empty if it is not there."""
	if local in attributes:
		return attributes[local]
	suffix = ":" + local
	return next((value for name, value in attributes.items() if name.endswith(suffix)), "")
