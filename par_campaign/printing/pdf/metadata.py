"""The XMP packet of an archived PDF, in the plainest form.

WeasyPrint's own packet is valid but terse (59 leaves out the wrapper, all versions write properties
as attributes), and archive checkers exist that do not understand it.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from pydyf import PDF
from weasyprint import VERSION

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:{prefix}="http://www.aiim.org/{namespace}/ns/id/">
{claims}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def packet(variant: str, title: str) -> bytes:
	"""What a file of that variant ("pdf/a-2u", "pdf/ua-1") says of itself."""
	match = re.fullmatch(r"pdf/(u?a)-(\d)([a-z]?)", variant)
	if match is None:
		raise ValueError(f"no variant of PDF: {variant}")
	kind, part, level = match.groups()
	namespace = "pdfua" if kind == "ua" else "pdfa"
	prefix = f"{namespace}id"
	claims = f"<{prefix}:part>{part}</{prefix}:part>"
	if level:
		claims += f"<{prefix}:conformance>{level.upper()}</{prefix}:conformance>"
	text = _PACKET.format(
		prefix=prefix,
		namespace=namespace,
		claims=claims,
		producer=f"WeasyPrint {VERSION}",
		title=escape(title),
	)
	return text.encode()


def describe(pdf: PDF, variant: str, title: str) -> None:
	"""Put the packet in the place of WeasyPrint's, readable (uncompressed) for any program."""
	number = int(pdf.catalog["Metadata"].split()[0])
	stream = pdf.objects[number]
	stream.stream = [packet(variant, title)]
	stream.compress = False
