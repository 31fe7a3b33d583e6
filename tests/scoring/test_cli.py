"""The command line by its contract: what it takes, prints, refuses, and its exit codes."""

import json
import subprocess
import sys
from random import Random

import pytest
import small_campaigns
from openpyxl import Workbook

from par_campaign.cli import main

HEADER = "unit,group,cluster,earned,maximum,bonus,deduction"


@pytest.fixture(autouse=True)
def english(monkeypatch):
	monkeypatch.setenv("PAR_LANG", "en")


@pytest.fixture
def table(tmp_path):
	def write(text: str, name: str = "table.csv", encoding: str = "utf-8"):
		path = tmp_path / name
		path.write_bytes(text.encode(encoding))
		return str(path)

	return write


def ranks(capsys, *arguments) -> list[dict]:
	assert main(["rank", *arguments, "--json"]) == 0
	return json.loads(capsys.readouterr().out)


def test_index_and_shared_ranks(table, capsys):
	path = table(f"{HEADER}\nA,G,,90,100,1,0\nB,G,,91,100,0,0\nC,G,,95,100,0,0\nD,G,,45,50,0,0\n")
	found = [(row["rank"], row["unit"], row["index"]) for row in ranks(capsys, path)]
	assert found == [(1, "C", 95), (2, "A", 91), (2, "B", 91), (4, "D", 90)]


def test_published_figures_decide_ties(table, capsys):
	# 94,564 and 94,5649 are both published as 94,56; 94,565 rounds up
	path = table("unit,group,earned\nA,G,94.564\nB,G,94.5649\nC,G,94.565\n")
	assert [(r["rank"], r["unit"], r["index"]) for r in ranks(capsys, path)] == [
		(1, "C", 94.57),
		(2, "A", 94.56),
		(2, "B", 94.56),
	]


def test_clusters_by_default_and_groups_on_request(table, capsys):
	path = table("unit,group,cluster,earned\nA,G,1,90\nB,G,2,95\nC,H,,80\n")
	assert {r["unit"]: r["rank"] for r in ranks(capsys, path)} == {"A": 1, "B": 1, "C": 1}
	assert {r["unit"]: r["rank"] for r in ranks(capsys, path, "--by", "group")} == {"B": 1, "A": 2, "C": 1}


@pytest.mark.parametrize(
	"text",
	['unit;group;earned\nA;G;"90,5"\n', "unit;group;earned\nA;G;90,5\n", 'unit,group,earned\nA,G,"90,5"\n'],
)
def test_comma_decimals(table, capsys, text):
	assert ranks(capsys, table(text))[0]["index"] == 90.5


def test_byte_order_mark_and_vietnamese_names(table, capsys):
	path = table("unit,group,earned\nSở Nội vụ,Sở ngành,99.36\n", encoding="utf-8-sig")
	assert ranks(capsys, path)[0]["unit"] == "Sở Nội vụ"


def test_workbook(tmp_path, capsys):
	book = Workbook()
	for row in (HEADER.split(","), ("A", "G", None, 90.1, None, None, 0), ("B", "G", "", "91,2", 100, 0, 0)):
		book.active.append(row)
	book.save(tmp_path / "table.xlsx")
	found = ranks(capsys, str(tmp_path / "table.xlsx"))
	assert [(row["unit"], row["index"]) for row in found] == [("B", 91.2), ("A", 90.1)]


def test_a_sum_of_a_spreadsheet_is_taken_as_it_is_shown(tmp_path, capsys):
	book = Workbook()
	assert str(94.0 + 0.565 - 1e-14) != "94.565"  # what adding up leaves behind the 15 digits shown
	for row in (("unit", "group", "earned"), ("A", "G", 94.0 + 0.565 - 1e-14), ("B", "G", "94,565")):
		book.active.append(row)
	book.save(tmp_path / "table.xlsx")
	found = ranks(capsys, str(tmp_path / "table.xlsx"))
	assert [(row["rank"], row["index"]) for row in found] == [(1, 94.57), (1, 94.57)]


def test_by_group_the_rows_stand_in_order_of_the_group(table, capsys):
	path = table("unit,group,cluster,earned\nA,G,1,70\nB,G,1,90\nC,G,2,80\n")
	assert [(r["rank"], r["unit"]) for r in ranks(capsys, path, "--by", "group")] == [
		(1, "B"),
		(2, "C"),
		(3, "A"),
	]
	assert [(r["rank"], r["unit"]) for r in ranks(capsys, path)] == [(1, "B"), (2, "A"), (1, "C")]


def test_clusters_and_units_stand_as_people_count_them(table, capsys):
	clusters = ("Cụm 10", "Cụm 2", "Cụm 1", "Cụm 2b", "")
	lines = [f"{u},G 2,{c},90" for c in clusters for u in (f"Phường 10 {c}", f"Phường 9 {c}")]
	lines += ["X,G 10,,1", "Y,G 1,,1", f"{'9' * 5000},G 10,,0"]
	path = table("\n".join(("unit,group,cluster,earned", *lines)))
	found = [(row["group"], row["cluster"]) for row in ranks(capsys, path)]
	assert list(dict.fromkeys(found)) == [
		("G 1", ""),
		("G 2", ""),
		("G 2", "Cụm 1"),
		("G 2", "Cụm 2"),
		("G 2", "Cụm 2b"),
		("G 2", "Cụm 10"),
		("G 10", ""),
	]
	assert [row["unit"] for row in ranks(capsys, path)][1:3] == ["Phường 9", "Phường 10"]
	assert [row["group"] for row in ranks(capsys, path, "--by", "group")][-1] == "G 10"


@pytest.mark.parametrize("spelling", ["So\u031b\u0309 Y tê\u0301", " Sở  Y tế ", "Sở Y tế"])
def test_a_name_spelled_in_another_way_is_the_same_unit(table, capsys, spelling):
	path = table(f'unit,group,earned\nSở Y tế,G,90\n"{spelling}",G,91\n')
	assert main(["rank", path]) == 2
	error = capsys.readouterr().err
	assert "row 3, column unit" in error and "row 2" in error


@pytest.mark.parametrize("arguments", [["rank", "x.csv", "--by", "clan"], ["rank"], [], ["guess", "x"]])
def test_a_wrong_command_is_refused_on_one_line(arguments, capsys):
	with pytest.raises(SystemExit) as refusal:
		main(arguments)
	assert refusal.value.code == 2
	assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_text_has_a_row_for_each_unit(table, capsys):
	assert main(["rank", table("unit,group,earned\nA,G,90\nB,G,95\n")]) == 0
	lines = [line for line in capsys.readouterr().out.splitlines() if line.strip()]
	assert any("B" in line and "95.00" in line for line in lines)
	assert any("A" in line and "90.00" in line for line in lines)


@pytest.mark.parametrize(
	"text, words",
	[
		("", ()),
		("unit,group\nA,G\n", ("earned",)),
		("unit,group,earned\n", ()),
		("unit,group,earned\nA,G,90\nA,G,91\n", ("row 3", "unit")),
		("unit,group,earned\n,G,90\n", ("row 2", "unit")),
		("unit,group,earned\nA,G,\n", ("row 2", "earned")),
		("unit,group,earned\nA,G,-1\n", ("row 2", "earned")),
		("unit,group,earned\nA,G,NaN\n", ("row 2", "earned")),
		("unit,group,earned\nA,G,inf\n", ("row 2", "earned")),
		("unit,group,earned\nA,G,1e400\n", ("row 2", "earned")),
		("unit,group,earned\nA,G,ninety\n", ("row 2", "earned")),
		("unit,group,earned,maximum\nA,G,90,0\n", ("row 2", "maximum")),
		("unit,group,earned,bonus\nA,G,90,x\n", ("row 2", "bonus")),
		("unit,group,earned,bonus\nA,G,90,-1\n", ("row 2", "bonus")),
		("unit,group,earned,deduction\nA,G,90,-1\n", ("row 2", "deduction")),
		("unit,group,earned,maximum\nA,G,90,-100\n", ("row 2", "maximum")),
		("unit,group,earned,maximum\nA,G,90,NaN\n", ("row 2", "maximum")),
		("unit,group,earned\nA,,90\n", ("row 2", "group")),
		("unit,group,earned\nA,G,٩٠\n", ("row 2", "earned")),
		('unit,group,earned\nA,G,"1.234,5"\n', ("row 2", "earned")),
		("unit,group,earned\nA,G,1 234\n", ("row 2", "earned")),
		("unit,group,earned\nA,G,9,5\n", ("row 2",)),
		("unit,group,earned,earned\nA,G,9,5\n", ("row 1", "earned")),
		("unit,group,earned,maximun\nA,G,9,10\n", ("row 1", "maximun", "is maximum meant")),
		('unit,group,earned\nA,G,"9\n', ("row 2",)),
		("\n\nunit,group,earned\n\nA,G,9\n\nB,G,x\n", ("row 7", "earned")),
	],
)
def test_bad_input_is_one_line_with_row_and_column(table, capsys, text, words):
	assert main(["rank", table(text)]) == 2
	shown = capsys.readouterr()
	assert shown.out == "" and len(shown.err.strip().splitlines()) == 1
	for word in words:
		assert word in shown.err, shown.err


def test_columns_of_other_names_are_left_alone(table, capsys):
	path = table("year,unit,group,earned,unit_code,source_url\n2020,A,G,90,01,http://x\n")
	assert [row["index"] for row in ranks(capsys, path)] == [90]


def test_not_utf8_missing_and_unreadable_files(table, tmp_path, capsys):
	assert main(["rank", table("unit,group,earned\nSở,G,1\n", encoding="utf-16")]) == 2
	assert main(["rank", str(tmp_path / "nowhere.csv")]) == 2
	assert main(["rank", table("not a workbook", "x.xlsx")]) == 2
	assert len(capsys.readouterr().err.strip().splitlines()) == 3


def workbook(tmp_path):
	"""A results workbook of a small campaign."""
	from par_campaign.exchange.results_workbook import workbook as results_workbook
	from par_campaign.scoring.campaign import evaluate

	campaign = small_campaigns.campaign(Random(7))
	path = tmp_path / "results.xlsx"
	with path.open("wb") as out:
		results_workbook.write(campaign, evaluate(campaign), out)
	return path


def test_recount_agrees_then_names_a_changed_cell(tmp_path, capsys):
	from openpyxl import load_workbook

	path = workbook(tmp_path)
	assert main(["recount", str(path)]) == 0
	shown = capsys.readouterr().out
	assert main(["recount", str(path), "--json"]) == 0
	found = json.loads(capsys.readouterr().out)
	assert (found["agrees"], found["differences"], len(found["digest"])) == (True, [], 64)
	assert found["digest"] in shown and "awards" not in shown.lower()  # the one to look for on paper
	assert main(["recount", str(path), "--digest", found["digest"].upper()]) == 0
	assert main(["recount", str(path), "--digest", "0" * 64]) == 1
	capsys.readouterr()
	book = load_workbook(path)
	sheet = book["Xếp hạng"]
	row = next(r for r in sheet.iter_rows(min_row=5) if any(isinstance(c.value, float | int) for c in r))
	cell = next(c for c in reversed(row) if isinstance(c.value, float | int))
	cell.value = cell.value + 1
	book.save(path)
	capsys.readouterr()
	assert main(["recount", str(path), "--json"]) == 1
	assert any(d["cell"] == cell.coordinate for d in json.loads(capsys.readouterr().out)["differences"])


def test_recount_after_awards_goes_by_the_published_digest_and_says_what_it_does_not_cover(tmp_path, capsys):
	from dataclasses import replace

	from par_campaign.exchange.results_workbook import workbook as results_workbook
	from par_campaign.scoring.campaign import evaluate

	campaign = small_campaigns.campaign(Random(7))
	awarded = tuple(replace(proposal, state="Awarded") for proposal in campaign.proposals)
	assert awarded
	published = evaluate(campaign).digest
	path = tmp_path / "results.xlsx"
	with path.open("wb") as out:
		now = replace(campaign, proposals=awarded)
		meta = {"published_digest": published}
		results_workbook.write(now, evaluate(now), out, meta=meta, published=campaign.proposals)
	assert main(["recount", str(path), "--digest", published]) == 0
	shown = capsys.readouterr().out
	assert published in shown and "against their own papers" in shown


def test_recount_of_something_else_is_unusable(table, capsys):
	assert main(["recount", table("x", "x.xlsx")]) == 2


def test_print_writes_the_dossier(tmp_path):
	path = workbook(tmp_path)
	assert main(["print", str(path), "--out", str(tmp_path / "out")]) == 0
	files = list((tmp_path / "out").glob("*.pdf"))
	assert files and all(file.read_bytes().startswith(b"%PDF") for file in files)


def test_as_a_program(table):
	path = table("unit,group,earned\nA,G,90\n")
	done = subprocess.run(
		[sys.executable, "-m", "par_campaign.cli", "rank", path], capture_output=True, text=True, check=False
	)
	assert done.returncode == 0 and "A" in done.stdout
	done = subprocess.run(
		[sys.executable, "-m", "par_campaign.cli", "rank", path + "x"],
		capture_output=True,
		text=True,
		check=False,
	)
	assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1
