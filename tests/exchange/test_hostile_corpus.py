"""Every file of the corpus is read, or refused for its own reason; `test_fuzz` gives it to all readers."""

from __future__ import annotations

import io

import pytest
from hostile_corpus import CORPUS

from par_campaign.exchange.criteria.workbook import preview
from par_campaign.exchange.xlsx.errors import WorkbookError


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_file(name):
	make, word = CORPUS[name]
	content = io.BytesIO(make())
	if word is None:
		preview(content)
		return
	with pytest.raises(WorkbookError, match=word) as caught:
		preview(content)
	assert len(caught.value.faults) == 1


def test_marks_upon_marks_are_named_with_their_cell():
	make, _word = CORPUS["marks upon marks"]
	assert any(
		fault.cell == "B2" and "marks" in fault.message for fault in preview(io.BytesIO(make())).faults
	)
