"""Throw damaged workbooks at every reader and see that each is read or refused, never worse.

	python dev/fuzz_workbooks.py --count 5000 --seed 1 [--keep DIR]

First every file of the corpus (`tests/exchange/hostile_corpus.py`), made to harm, at every reader. Then
each case is an honest workbook (results, consolidated, criteria, annex, score sheet, external results) with
one to four pieces of damage: bytes flipped, parts cut, dropped, swapped or doubled, XML tokens
replaced, values of other types, rows and cells moved, entities, bombs. A case fails if a reader
raises anything but WorkbookError, takes longer than the limit, or recounts a changed campaign
without a difference. Failing files are kept, named by their seed: `--seed SEED --count 1` makes the
same file again.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "exchange")]

import random_campaigns  # noqa: E402
from annex_makers import annex  # noqa: E402
from hostile_corpus import CORPUS  # noqa: E402

from par_campaign.exchange import external_values as external_workbook  # noqa: E402
from par_campaign.exchange.criteria import workbook as criteria_workbook  # noqa: E402
from par_campaign.exchange.results_workbook import workbook as results_workbook  # noqa: E402
from par_campaign.exchange.results_workbook.recount import recount  # noqa: E402
from par_campaign.exchange.score_sheet import workbook as scoresheet_workbook  # noqa: E402
from par_campaign.exchange.score_sheet.workbook import Stamp  # noqa: E402
from par_campaign.exchange.xlsx.errors import WorkbookError  # noqa: E402
from par_campaign.scoring.campaign import evaluate  # noqa: E402

SECONDS = 20.0  # a slow machine reads the largest case here in less than one
KEY = b"fuzz"
STAMP = Stamp("PHIEU", "1")
CAMPAIGN = random_campaigns.campaign(random.Random(11), units=2, sets=1)
CARD, SET = CAMPAIGN.cards[0], CAMPAIGN.criteria_sets[0]
UNITS = {card.unit: card.unit_name for card in CAMPAIGN.cards}


def _made(write: Callable[[io.BytesIO], None]) -> bytes:
	out = io.BytesIO()
	write(out)
	return out.getvalue()


def honest() -> dict[str, bytes]:
	"""The workbooks that are damaged, by kind."""
	results = evaluate(CAMPAIGN)
	return {
		"results": _made(lambda out: results_workbook.write(CAMPAIGN, results, out)),
		"consolidated": _made(lambda out: results_workbook.write(CAMPAIGN, results, out, unit_sheets=True)),
		"criteria": _made(lambda out: criteria_workbook.write(SET, out)),
		"annex": annex().getvalue(),
		"scoresheet": _made(
			lambda out: scoresheet_workbook.write(CARD, SET, out, stamp=STAMP, key=KEY, title="Thử")
		),
		"external": _made(lambda out: external_workbook.write_template(UNITS, ["1.1", "2.1"], out)),
	}


def _recounted(source: io.BytesIO) -> None:
	"""Recount; a workbook that agrees must state the campaign it was made of."""
	if not recount(source) and results_workbook.read(source).campaign != CAMPAIGN:
		raise AssertionError("a changed input was not noticed")


READERS: dict[str, Callable[[io.BytesIO], object]] = {
	"results": _recounted,
	"consolidated": _recounted,
	"criteria": criteria_workbook.preview,
	"annex": criteria_workbook.preview,
	"scoresheet": lambda source: scoresheet_workbook.read_upload(source, CARD, SET, stamp=STAMP, key=KEY),
	"external": lambda source: external_workbook.read(source, UNITS, CAMPAIGN.criteria_sets),
}

# --- damage -------------------------------------------------------------------------------------

WORDS = [
	"",
	"0",
	"-1",
	"1e308",
	"nan",
	"9" * 400,
	"1048577",
	"XFE1",
	"A0",
	"A1:XFD1048576",
	"=1+1",
	"=cmd|' /c calc'!A0",
	"[1]S!A1",
	"_x0000__xD800_",
	"Có",
	"1,5",
	"2025-13-45",
	"C¶i c¸ch hµnh chÝnh",
	"Ca\u0309i ca\u0301ch",
	"x" * 40_000,
	"\ud83c\udfc6".encode("utf-16", "surrogatepass").decode("utf-16"),
]
TYPES = ["n", "s", "str", "b", "e", "d", "inlineStr", "z", ""]

Parts = dict[str, bytes]


def _some_part(rng: random.Random, parts: Parts, sheets: bool = False) -> str:
	names = [name for name in parts if not sheets or "/worksheets/sheet" in name]
	return rng.choice(names or list(parts))


def flip_bytes(rng: random.Random, parts: Parts) -> None:
	name = _some_part(rng, parts)
	content = bytearray(parts[name])
	for _n in range(rng.randint(1, 8)):
		if content:
			content[rng.randrange(len(content))] = rng.randrange(256)
	parts[name] = bytes(content)


def cut_part(rng: random.Random, parts: Parts) -> None:
	name = _some_part(rng, parts)
	parts[name] = parts[name][: rng.randrange(len(parts[name]) + 1)]


def drop_part(rng: random.Random, parts: Parts) -> None:
	del parts[_some_part(rng, parts)]


def swap_parts(rng: random.Random, parts: Parts) -> None:
	one, other = _some_part(rng, parts), _some_part(rng, parts)
	parts[one], parts[other] = parts[other], parts[one]


def _replace_one(rng: random.Random, parts: Parts, pattern: bytes, make: Callable[[re.Match], bytes]) -> None:
	name = _some_part(rng, parts, sheets=rng.random() < 0.8)
	found = list(re.finditer(pattern, parts[name]))
	if found:
		match = rng.choice(found)
		parts[name] = parts[name][: match.start()] + make(match) + parts[name][match.end() :]


def _escaped(text: str) -> bytes:
	return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode("utf-8", "replace")


def change_attribute(rng: random.Random, parts: Parts) -> None:
	_replace_one(rng, parts, rb'="[^"<]*"', lambda _m: b'="' + _escaped(rng.choice(WORDS)) + b'"')


def change_content(rng: random.Random, parts: Parts) -> None:
	_replace_one(rng, parts, rb">[^<]+<", lambda _m: b">" + _escaped(rng.choice(WORDS)) + b"<")


def change_type(rng: random.Random, parts: Parts) -> None:
	_replace_one(rng, parts, rb' t="[a-zA-Z]+"', lambda _m: f' t="{rng.choice(TYPES)}"'.encode())


def double_element(rng: random.Random, parts: Parts) -> None:
	pattern = rng.choice(
		[rb"<row\b.*?</row>", rb"<c\b[^>]*>.*?</c>", rb"<sheet\b[^>]*/>", rb"<mergeCell\b[^>]*/>"]
	)
	_replace_one(rng, parts, pattern, lambda match: match[0] * rng.choice([0, 2, 3]))


def drop_tag(rng: random.Random, parts: Parts) -> None:
	_replace_one(rng, parts, rb"</?[a-zA-Z][^>]*>", lambda _m: b"")


def add_to_sheet(rng: random.Random, parts: Parts) -> None:
	"""Content a person or an attacker adds."""
	added = rng.choice(
		[
			b'<row r="%d" hidden="1"><c r="A%d"><v>1</v></c></row>' % ((n := rng.randrange(1, 2_000_000)), n),
			b'<row r="900000"><c r="XFD900000" t="inlineStr"><is><t>x</t></is></c></row>',
			b"<row/>" * 20_000,
			b"<a>" * 100,
		]
	)
	name = _some_part(rng, parts, sheets=True)
	parts[name] = parts[name].replace(b"</sheetData>", added + b"</sheetData>", 1)


def merge_cells(rng: random.Random, parts: Parts) -> None:
	areas = b"".join(
		b'<mergeCell ref="A%d:%s%d"/>' % (rng.randint(1, 9), rng.choice([b"B", b"XFD"]), rng.randint(1, 2000))
		for _n in range(rng.randint(1, 50))
	)
	name = _some_part(rng, parts, sheets=True)
	parts[name] = parts[name].replace(
		b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>", 1
	)


def declare_entities(rng: random.Random, parts: Parts) -> None:
	name = _some_part(rng, parts)
	declaration = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
	parts[name] = declaration + re.sub(rb"^<\?xml[^>]*\?>", b"", parts[name])


def blow_up(rng: random.Random, parts: Parts) -> None:
	parts[_some_part(rng, parts)] = rng.choice([b" ", b"<row/>", b"\0"]) * 3_000_000


def add_active_part(rng: random.Random, parts: Parts) -> None:
	parts[rng.choice(["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin"])] = (
		b"x"
	)


DAMAGE = [
	flip_bytes,
	cut_part,
	drop_part,
	swap_parts,
	change_attribute,
	change_content,
	change_type,
	double_element,
	drop_tag,
	add_to_sheet,
	merge_cells,
	declare_entities,
	blow_up,
	add_active_part,
]
# Damage that leaves the file readable is the more interesting; the crude kinds are rarer.
WEIGHTS = [2, 1, 1, 1, 8, 10, 6, 5, 2, 3, 2, 1, 0.3, 0.5]


def damaged(content: bytes, rng: random.Random) -> tuple[bytes, list[str]]:
	"""The workbook with damage, and what was done to it."""
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		parts = {info.filename: archive.read(info) for info in archive.infolist()}
	done = rng.choices(DAMAGE, WEIGHTS, k=rng.randint(1, 4))
	for damage in done:
		if parts:
			damage(rng, parts)
	out = io.BytesIO()
	compression = rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
	with zipfile.ZipFile(out, "w") as archive:
		for name, part in parts.items():
			archive.writestr(
				zipfile.ZipInfo(name), part, compression
			)  # without the time: the same seed, the same file
	packed = bytearray(out.getvalue())
	if rng.random() < 0.1:
		for _n in range(rng.randint(1, 5)):
			packed[rng.randrange(len(packed))] = rng.randrange(256)
	if rng.random() < 0.03:
		packed = packed[: rng.randrange(len(packed))]
	return bytes(packed), [damage.__name__ for damage in done]


# --- run ----------------------------------------------------------------------------------------


def run_case(seed: int, workbooks: dict[str, bytes]) -> tuple[str, bytes, str]:
	"""One case: outcome ("read", "refused" or "FAILED"), the file, and a word on it."""
	rng = random.Random(seed)
	kind = rng.choice(list(workbooks))
	content, done = damaged(workbooks[kind], rng)
	outcome, word = read_with(kind, content)
	return outcome, content, f"{kind} {done}: {word}"


def read_with(kind: str, content: bytes) -> tuple[str, str]:
	"""What a reader makes of a file: outcome and a word on it."""
	started = time.monotonic()
	try:
		READERS[kind](io.BytesIO(content))
		outcome, word = "read", ""
	except WorkbookError as error:
		outcome, word = "refused", str(error)
		if not error.faults or not word.strip():
			outcome, word = "FAILED", "refused without a reason"
	except Exception:
		outcome, word = "FAILED", traceback.format_exc()
	took = time.monotonic() - started
	if took > SECONDS:
		outcome, word = "FAILED", f"took {took:.1f} s"
	return outcome, word


def run_corpus() -> Counter:
	"""Throw the corpus at every reader."""
	outcomes: Counter = Counter()
	for name, (make, _word) in CORPUS.items():
		content = make()
		for kind in READERS:
			outcome, word = read_with(kind, content)
			outcomes[outcome] += 1
			if outcome == "FAILED":
				print(f"{name}, {kind}: {word}", file=sys.stderr)
	return outcomes


def run(seed: int, count: int, keep: Path | None = None) -> Counter:
	"""Run cases seed … seed + count - 1; failing files go to `keep`."""
	workbooks = honest()
	outcomes: Counter = Counter()
	for number in range(seed, seed + count):
		outcome, content, word = run_case(number, workbooks)
		outcomes[outcome] += 1
		if outcome == "FAILED":
			print(f"seed {number}: {word}", file=sys.stderr)
			if keep:
				keep.mkdir(parents=True, exist_ok=True)
				(keep / f"{number}.xlsx").write_bytes(content)
	return outcomes


def main() -> int:
	"""Command line."""
	parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
	parser.add_argument("--count", type=int, default=2000)
	parser.add_argument("--seed", type=int, default=1)
	parser.add_argument("--keep", type=Path, help="folder for failing workbooks")
	arguments = parser.parse_args()
	started = time.monotonic()
	outcomes = run_corpus() + run(arguments.seed, arguments.count, arguments.keep)
	print(f"{dict(outcomes)} in {time.monotonic() - started:.0f} s")
	return 1 if outcomes["FAILED"] else 0


if __name__ == "__main__":
	sys.exit(main())
