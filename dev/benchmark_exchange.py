"""Time the results workbook at the size of a large province, against plain openpyxl.

	python dev/benchmark_exchange.py [--units 600] [--leaves 100] [--unit-sheets] [--json FILE]

Each step runs in a process of its own, so that its peak memory is its own. "plain" steps write or
read the same cells with openpyxl alone: no marks, no checks, no styles. They are what the app's own
steps are to be compared with.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402
from measuring import measure  # noqa: E402

from par_campaign.exchange.results_workbook import workbook as results_workbook  # noqa: E402
from par_campaign.exchange.results_workbook.recount import recount  # noqa: E402
from par_campaign.scoring.campaign import evaluate  # noqa: E402
from par_campaign.scoring.model import (  # noqa: E402
	Band,
	Campaign,
	Card,
	CriteriaSet,
	Criterion,
	Heading,
	Leaf,
	Line,
	Quota,
	Rule,
	RuleKind,
)

AREAS = 8
EXPLANATION = "Đã ban hành kế hoạch, phân công nhiệm vụ và báo cáo kết quả thực hiện đúng thời hạn. " * 2


def campaign(units: int, leaves: int) -> Campaign:
	"""A campaign in which every unit answers every leaf with an explanation and a note."""
	criteria: list[Criterion] = []
	each = leaves // AREAS
	for area in range(1, AREAS + 1):
		criteria.append(Heading(str(area), f"LĨNH VỰC {area}", Decimal(each)))
		for n in range(1, each + 1):
			rule = Rule((RuleKind.DIRECT, RuleKind.YES_NO, RuleKind.PROPORTIONAL)[n % 3])
			criteria.append(Leaf(f"{area}.{n}", f"Tiêu chí thành phần số {area}.{n}", Decimal(1), rule=rule))
	made = CriteriaSet("BTC", "Bộ tiêu chí", tuple(criteria))
	claims = ("0,5", "Yes", "94,57")
	cards = tuple(
		Card(
			unit=f"XA{number:04}",
			unit_name=f"UBND xã số {number}",
			group="UBND cấp xã",
			criteria_set="BTC",
			cluster=f"Cụm {number % 10}",
			lines=tuple(
				Line(
					code=leaf.code,
					claim=claims[int(leaf.code.rpartition(".")[2]) % 3],
					appraised_claim=claims[int(leaf.code.rpartition(".")[2]) % 3],
					explanation=EXPLANATION,
					note="Thống nhất với điểm tự chấm của đơn vị",
					claimed_by="canbo@xa.gov.vn",
					appraised_by="thamdinh@snv.gov.vn",
				)
				for leaf in made.leaves()
			),
			appraised=True,
		)
		for number in range(units)
	)
	bands = (Band("Xuất sắc", Decimal(90)), Band("Tốt", Decimal(80)))
	return Campaign(
		"CCHC", "Chiến dịch", 2025, (made,), cards, bands, (), (Quota("Cờ", 1, "UBND cấp xã", 10),)
	)


# --- steps --------------------------------------------------------------------------------------


def step_evaluate(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	made = campaign(arguments.units, arguments.leaves)
	return lambda: evaluate(made)


def step_write(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	made = campaign(arguments.units, arguments.leaves)
	results = evaluate(made)

	def write() -> None:
		with path.open("wb") as out:
			results_workbook.write(made, results, out, unit_sheets=arguments.unit_sheets)

	return write


def step_plain_write(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	made = campaign(arguments.units, arguments.leaves)
	tables = results_workbook.tables(made, evaluate(made), unit_sheets=arguments.unit_sheets)

	def write() -> None:
		book = openpyxl.Workbook(write_only=True)
		for table in tables:
			sheet = book.create_sheet(table.sheet)
			for values in table.rows():
				sheet.append([float(value) if isinstance(value, Decimal) else value for value in values])
		book.save(path.with_name("plain.xlsx"))

	return write


def step_plain_read(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	def read() -> int:
		book = openpyxl.load_workbook(path, read_only=True)
		return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))

	return read


def step_read(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	return lambda: results_workbook.read(path)


def step_recount(arguments: argparse.Namespace, path: Path) -> Callable[[], object]:
	def check() -> None:
		if differences := recount(path):
			raise SystemExit(f"the recount disagrees: {differences[:3]}")

	return check


STEPS = {
	"evaluate": step_evaluate,
	"plain write": step_plain_write,
	"write": step_write,
	"plain read": step_plain_read,
	"read": step_read,
	"recount": step_recount,
}


def main() -> None:
	"""Command line."""
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--units", type=int, default=600)
	parser.add_argument("--leaves", type=int, default=100)
	parser.add_argument("--unit-sheets", action="store_true", help="the consolidated workbook")
	parser.add_argument("--json", type=Path, help="write the figures there")
	arguments = parser.parse_args()
	with tempfile.TemporaryDirectory() as folder:
		path = Path(folder) / "results.xlsx"
		figures = []
		for name in STEPS:
			figures.append(measure(name, STEPS[name], arguments, path))
			print("{step:12} {seconds:8.2f} s {mib_more:6} MiB more".format(**figures[-1]), flush=True)
		size = path.stat().st_size / 2**20
	print(f"{arguments.units} units x {arguments.leaves} leaves, {size:.1f} MiB")
	if arguments.json:
		case = {"units": arguments.units, "leaves": arguments.leaves, "unit_sheets": arguments.unit_sheets}
		arguments.json.write_text(
			json.dumps({**case, "file_mib": round(size, 1), "steps": figures}, indent="\t")
		)


if __name__ == "__main__":
	main()
