"""How far a unit is, in one word; by a clock that is given, never asked."""

from datetime import datetime
from decimal import Decimal as D

import pytest

from par_campaign.statistics.progress import Progress, days_left, percent, progress_of, tally

DUE = datetime(2023, 11, 20, 17)
BEFORE, AFTER = datetime(2023, 11, 20, 17), datetime(2023, 11, 20, 17, 0, 1)


@pytest.mark.parametrize(
	("state", "begun", "now", "progress"),
	[
		("Draft", False, BEFORE, Progress.NOT_BEGUN),
		("Draft", True, BEFORE, Progress.IN_WORK),
		("Draft", True, AFTER, Progress.OVERDUE),
		("Draft", False, AFTER, Progress.OVERDUE),
		("Submitted", True, AFTER, Progress.HANDED_IN),
		("Under Appraisal", True, AFTER, Progress.UNDER_APPRAISAL),
		("Returned", True, BEFORE, Progress.RETURNED),
		("Returned", True, AFTER, Progress.OVERDUE),
		("Appraised", True, AFTER, Progress.APPRAISED),
		("Proposed", True, AFTER, Progress.APPRAISED),
		("Awarded", True, AFTER, Progress.APPRAISED),
		("Not Awarded", True, AFTER, Progress.APPRAISED),
	],
)
def test_progress_follows_state_and_clock(state, begun, now, progress):
	assert progress_of(state, begun=begun, due=DUE, now=now) is progress


def test_without_a_date_nobody_is_overdue():
	assert progress_of("Draft", begun=True, due=None, now=AFTER) is Progress.IN_WORK


@pytest.mark.parametrize(
	("now", "days"),
	[
		(datetime(2023, 11, 18, 17), 2),
		(datetime(2023, 11, 18, 17, 1), 1),
		(datetime(2023, 11, 20, 17), 0),
		(datetime(2023, 11, 20, 17, 1), -1),
		(datetime(2023, 11, 21, 17, 1), -2),
	],
)
def test_whole_days_left(now, days):
	assert days_left(DUE, now) == days


def test_no_date_leaves_no_days():
	assert days_left(None, AFTER) is None


def test_percent():
	assert percent(1, 3) == D("33.33")
	assert percent(0, 0) == D(100)  # nothing to do is all done


def test_tally_stands_in_the_order_units_pass_through():
	found = tally([Progress.OVERDUE, Progress.NOT_BEGUN, Progress.OVERDUE])
	assert list(found.items()) == [(Progress.NOT_BEGUN, 1), (Progress.OVERDUE, 2)]
