"""docs/nd30.md names the test of each point: each of them is there."""

import re
from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "nd30.md"


def test_every_check_the_table_names_exists():
	found = re.findall(r"`(test_\w+)`(?: \((test_\w+\.py)\))?", TABLE.read_text(encoding="utf-8"))
	named = [(test, file or "test_pdf_decree.py") for test, file in found]
	missing = [
		(test, file)
		for test, file in named
		if f"def {test}(" not in (HERE / file).read_text(encoding="utf-8")
	]
	assert len(named) > 20
	assert not missing
