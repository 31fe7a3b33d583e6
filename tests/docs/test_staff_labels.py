"""Every label that the staff documentation quotes in « » stands in the desk: it is a Vietnamese translation."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "staff").glob("*.md"))
LABEL = re.compile(r"«([^»]+)»")
SIGNS = " "  # the signs themselves, where a page explains them

# Labels of Frappe's own desk, which its own translation file holds
FRAPPE = {"Các thao tác", "Gửi", "In", "Lưu", "Nhập dữ liệu", "Tải xuống", "Tham chiếu", "Excel"}


def labels_of(page: Path) -> list[str]:
	text = re.sub(r"\s+", " ", page.read_text(encoding="utf-8"))
	return [label.strip() for label in LABEL.findall(text) if label != SIGNS]


@cache
def translations() -> frozenset[str]:
	path = ROOT / "par_campaign" / "translations" / "vi.csv"
	with path.open(encoding="utf-8", newline="") as file:
		return frozenset(row[1] for row in csv.reader(file) if len(row) > 1)


@cache
def with_numbers() -> tuple[re.Pattern, ...]:
	"""Translations with placeholders, for labels such as «Giao 5 dòng»; too little text says nothing."""
	texts = [text for text in translations() if "{" in text and len(re.sub(r"\{\d\}", "", text)) >= 8]
	return tuple(re.compile(re.sub(r"\\\{\d\\\}", r"[\\w.]+", re.escape(text))) for text in texts)


def stands_in_desk(label: str) -> bool:
	return label in translations() or label in FRAPPE or any(p.fullmatch(label) for p in with_numbers())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_quoted_labels_are_in_the_desk(page):
	unknown = [label for label in labels_of(page) if not stands_in_desk(label)]
	assert not unknown


def test_every_page_quotes_labels():
	assert PAGES
	assert all(labels_of(page) for page in PAGES)


def test_a_label_that_is_nowhere_is_found_out():
	assert not stands_in_desk("Nút không có")
	assert not stands_in_desk("Giao việc cho phòng")
	assert stands_in_desk("Giao 5 dòng")
