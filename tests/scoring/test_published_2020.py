"""The table Tiền Giang published for 2020 (source in the data file) comes out as printed.

One printed score breaks the printed order and is probably a misprint; it is kept as printed, and
this shows that it is the only one.
"""

import csv
from pathlib import Path

from par_campaign.scoring.table import rank_table

SOURCE = Path(__file__).parents[1] / "data" / "published_2020.csv"
MISPRINT = "Sở Nông nghiệp và Phát triển nông thôn"


def published() -> list[dict]:
	with SOURCE.open(encoding="utf-8", newline="") as file:
		return list(csv.DictReader(file))


def ranked(rows: list[dict]) -> dict[str, list[str]]:
	records = [
		{"row": number, "unit": row["unit"], "group": row["group"], "earned": row["score"]}
		for number, row in enumerate(rows, 2)
	]
	groups: dict[str, list[str]] = {}
	for place in rank_table(_table(records), "group"):
		groups.setdefault(place.row.group, []).append(place.row.unit)
	return groups


def _table(records):
	from decimal import Decimal

	return [
		(r["row"], {"unit": r["unit"], "group": r["group"], "earned": Decimal(r["earned"])}) for r in records
	]


def printed(rows: list[dict]) -> dict[str, list[str]]:
	groups: dict[str, list[str]] = {}
	for row in rows:
		groups.setdefault(row["group"], []).append(row["unit"])
	return groups


def test_without_the_misprint_the_printed_order_comes_out():
	rows = [row for row in published() if row["unit"] != MISPRINT]
	assert ranked(rows) == printed(rows)


def test_the_misprint_is_the_only_unit_out_of_order():
	rows = published()
	ours, theirs = ranked(rows), printed(rows)
	wrong = [group for group in theirs if ours[group] != theirs[group]]
	assert len(wrong) == 1
	(group,) = wrong
	assert theirs[group].index(MISPRINT) == 6 and ours[group].index(MISPRINT) == 11


def test_scores_above_100_are_real():
	assert max(float(row["score"]) for row in published()) == 102.5
