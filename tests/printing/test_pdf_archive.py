"""What makes a file an archive file (PDF/A-2, ISO 19005-2), read from finished PDFs, single and joined."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator

import documents
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from par_campaign.printing.pdf import rendering

FORBIDDEN_KEYS = {
	"/AA",
	"/JavaScript",
	"/EmbeddedFiles",
	"/XFA",
	"/TR",
	"/OPI",
	"/PS",
	"/Ref",
}  # 6.1, 6.2, 6.5
FORBIDDEN_ACTIONS = {
	"/Launch",
	"/JavaScript",
	"/SubmitForm",
	"/ImportData",
	"/Sound",
	"/Movie",
	"/Hide",
}  # 6.5.1


@pytest.fixture(scope="module", params=["single", "joined"])
def content(request) -> bytes:
	whole = [documents.document(annexes=documents.annexes(2)), documents.document()]
	if request.param == "single":
		return rendering.render_pdf(whole[0])
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(rendering, "BATCH", 1)  # as files too long for one layout are made
		return rendering.merge_pdfs(whole)


@pytest.fixture(scope="module")
def reader(content) -> PdfReader:
	return PdfReader(io.BytesIO(content))


def objects(reader: PdfReader) -> Iterator[DictionaryObject]:
	"""Every dictionary and stream of the file, by its number."""
	for number in range(1, reader.trailer["/Size"]):
		found = reader.get_object(IndirectObject(number, 0, reader))
		if isinstance(found, DictionaryObject):
			yield found


def test_header_and_trailer(content, reader):
	assert content.startswith(b"%PDF-1.7\n%") and all(byte > 127 for byte in content[10:14])  # 6.1.2
	assert len(reader.trailer["/ID"]) == 2 and "/Encrypt" not in reader.trailer  # 6.1.3


def test_the_packet_claims_a_level_and_repeats_the_title(reader):
	packet = reader.trailer["/Root"]["/Metadata"]
	assert "/Filter" not in packet  # 6.6.2.1
	text = packet.get_data().decode()
	assert "<pdfaid:part>2</pdfaid:part>" in text
	level = re.search(r"<pdfaid:conformance>([BU])</pdfaid:conformance>", text).group(1)
	assert level.lower() == rendering.ARCHIVE[-1]
	assert f">{reader.metadata.title}<" in text


def test_colours_have_a_profile_in_the_file(reader):
	[intent] = reader.trailer["/Root"]["/OutputIntents"]  # 6.2.3
	assert intent.get_object()["/S"] == "/GTS_PDFA1"
	profile = intent.get_object()["/DestOutputProfile"].get_object()
	assert profile["/N"] == 3 and profile.get_data()[36:40] == b"acsp"


def test_fonts_are_in_the_file_and_their_letters_known(reader):
	fonts = [found for found in objects(reader) if found.get("/Type") == "/Font"]
	outer = [font for font in fonts if font["/Subtype"] == "/Type0"]
	inner = [font["/DescendantFonts"][0].get_object() for font in outer]
	assert outer and all("/ToUnicode" in font for font in outer)  # 6.2.11.7, level U
	for font in inner:
		descriptor = font["/FontDescriptor"].get_object()
		assert {"/FontFile2", "/FontFile3"} & set(descriptor)  # 6.2.11.4
	assert len(fonts) == len(outer) + len(inner)  # none of the fourteen that readers bring along


def test_nothing_acts_reaches_out_or_packs_by_lzw(reader):
	for found in objects(reader):
		assert not FORBIDDEN_KEYS & set(found)
		assert found.get("/S") not in FORBIDDEN_ACTIONS
		if isinstance(found, StreamObject):
			assert "/F" not in found and "LZW" not in str(found.get("/Filter"))  # 6.1.7


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_a_checker_of_its_own_finds_no_fault(content, tmp_path):
	path = tmp_path / "file.pdf"
	path.write_bytes(content)
	checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
	assert checked.returncode == 0, checked.stdout + checked.stderr


# --- tagged files: what is read aloud ------------------------------------------------------------------


def _elements(node, found: list) -> list:
	"""Every structure element below a node."""
	for kid in node if isinstance(node, list) else [node]:
		kid = kid.get_object() if isinstance(kid, IndirectObject) else kid
		if isinstance(kid, DictionaryObject) and "/S" in kid:
			found.append(kid)
		if isinstance(kid, DictionaryObject) and "/K" in kid:
			_elements(kid["/K"], found)
	return found


def _kinds(node) -> set[str]:
	return {element["/S"] for element in _elements(node.get("/K", []), [])}


def test_only_tables_of_data_are_tagged_as_tables():
	"""Head, addressees and signatures stand side by side, but are no tables: every table has header cells."""
	reader = PdfReader(
		io.BytesIO(rendering.render_pdf(documents.document((documents.table(3),)), rendering.ACCESSIBLE))
	)
	root = reader.trailer["/Root"]
	assert root["/MarkInfo"]["/Marked"] and str(root["/Lang"]).startswith("vi")
	tables = [found for found in _elements(root["/StructTreeRoot"]["/K"], []) if found["/S"] == "/Table"]
	assert len(tables) == 1
	assert {"/TH", "/TD"} <= _kinds(tables[0])
