"""The ZIP of evidence: names that harm no system, nothing lost, files told by their digest."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from par_campaign.exchange.archive_of_files import LONGEST, Archive, Entry, file_name, safe_name, unique


@pytest.mark.parametrize(
	("text", "name"),
	[
		("../../etc/passwd", "_.._etc_passwd"),
		("C:\\Windows\\x", "C_Windows_x"),
		("12/KH-UBND", "12_KH-UBND"),
		("  Kế hoạch.  ", "Kế hoạch"),
		("con", "_con"),
		("NUL.txt", "_NUL.txt"),
		("..", "_"),
		("", "_"),
		("a\u202egpj.exe", "a_gpj.exe"),
		("a\nb\x00c", "a_b_c"),
	],
)
def test_names_are_only_names(text, name):
	assert safe_name(text) == name


def test_decomposed_letters_are_composed_and_long_names_cut():
	assert safe_name("Ke\u0302\u0301 hoa\u0323ch") == "Kế hoạch"
	assert len(file_name("x" * 500, "scan.pdf")) == LONGEST
	assert file_name("x" * 500, "scan.pdf").endswith("x.pdf")


@pytest.mark.parametrize("original", ["noending", "x.p/df", "a.", "b." + "z" * 50])
def test_an_ending_that_is_none_is_left_out(original):
	assert file_name("Plan", original) == "Plan"


def test_equal_paths_get_numbers_whatever_their_case():
	taken = set()
	assert [unique(path, taken) for path in ("1.1/a.pdf", "1.1/A.pdf", "1.1/a.pdf", "1.1/a", "1.1/a")] == [
		"1.1/a.pdf",
		"1.1/A (2).pdf",
		"1.1/a (3).pdf",
		"1.1/a",
		"1.1/a (2)",
	]


def test_files_come_out_as_they_went_in(tmp_path):
	contents = {"one": b"1" * 3_000_000, "two": b""}
	entries = []
	for key, content in contents.items():
		(tmp_path / key).write_bytes(content)
		entries.append(Entry(key, tmp_path / key, ("Unit", "same.pdf")))
	out = BytesIO()
	archive = Archive(out)
	found = archive.add_all(entries)
	archive.add_bytes("index.txt", b"list")
	archive.close()
	with ZipFile(out) as zipped:
		assert zipped.testzip() is None
		assert zipped.namelist() == ["Unit/same.pdf", "Unit/same (2).pdf", "index.txt"]
		for key, content in contents.items():
			path, digest = found[key]
			assert zipped.read(path) == content
			assert digest == hashlib.sha256(content).hexdigest()
