"""Links, pictures, named files and commands of the documentation lead to what is there."""

import re
import shlex
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from par_campaign.cli import command

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
COMMAND = re.compile(r"^ *par-campaign (.+)$", re.MULTILINE)
# a name of a Python file or folder in backticks, as in `scoring/rules.py` and `tests/site`
OURS = re.compile(r"`((?:par_campaign|tests|dev|docs)/[\w./-]+)`")
LIMIT = 150_000  # bytes of a picture


def name_of(page: Path) -> str:
	return str(page.relative_to(ROOT))


@cache
def text_of(page: Path) -> str:
	return page.read_text(encoding="utf-8")


@cache
def anchors_of(page: Path) -> frozenset[str]:
	"""The anchors of a page's headings as GitHub makes them: letters, digits, hyphens."""
	headings = HEADING.findall(FENCED.sub("", text_of(page)))
	plain = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in headings)
	return frozenset(heading.replace(" ", "-") for heading in plain)


def fault_of(page: Path, link: str) -> str | None:
	if re.match(r"[a-z]+:", link):
		return None
	path, _, anchor = link.partition("#")
	target = (page.parent / unquote(path)).resolve() if path else page
	if not target.exists():
		return f"{link}: no such file"
	if anchor and target.suffix == ".md" and unquote(anchor) not in anchors_of(target):
		return f"{link}: no such heading"
	return None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
	links = LINK.findall(FENCED.sub("", text_of(page)))
	assert not list(filter(None, (fault_of(page, link) for link in links)))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_named_are_there(page):
	assert not [path for path in OURS.findall(text_of(page)) if not (ROOT / path).exists()]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_can_be_parsed(page):
	for line in COMMAND.findall(text_of(page)):
		words = shlex.split(re.sub(r"<[^>]*>", "X", line), comments=True)
		command._parser().parse_args(words)


def test_a_page_for_each_reader_is_linked_from_the_readme():
	linked = {link.partition("#")[0] for link in LINK.findall(text_of(ROOT / "README.md"))}
	assert {"docs/staff/README.md", "docs/admin.md", "docs/developers/README.md"} <= linked


def test_pictures_are_small_and_used():
	pictures = set((ROOT / "docs" / "images").glob("*"))
	used = {
		(page.parent / link).resolve()
		for page in PAGES
		for link in LINK.findall(text_of(page))
		if link.endswith(".png")
	}
	assert pictures == used
	assert not [picture.name for picture in pictures if picture.stat().st_size > LIMIT]


def test_faults_are_found_out():
	page = ROOT / "README.md"
	assert fault_of(page, "docs/nowhere.md")
	assert fault_of(page, "docs/scoring.md#nowhere")
	assert fault_of(page, "docs/scoring.md#ranks") is None
	with pytest.raises(SystemExit):
		command._parser().parse_args(["rank"])
