"""The list of reasons itself: closed by default, and none outlives what it explains."""

from findings import APP, Finding, Reason, reasons, unaccounted

FOUND = Finding("bandit", "B105", "par_campaign/x.py", 3, 'word = "secret"')
REASON = Reason("bandit", "B105", "par_campaign/x.py", "an example", code="secret")


def test_a_finding_needs_a_reason():
	assert unaccounted([FOUND], []) == [str(FOUND)]
	assert unaccounted([FOUND], [REASON]) == []


def test_a_reason_is_for_one_line_of_one_file():
	elsewhere = Finding("bandit", "B105", "par_campaign/y.py", 3, 'word = "secret"')
	another = Finding("bandit", "B105", "par_campaign/x.py", 9, 'word = "other"')
	complaints = unaccounted([FOUND, elsewhere, another], [REASON])
	assert complaints == [str(elsewhere), str(another)]


def test_a_reason_for_nothing_is_a_complaint():
	assert "found no more" in unaccounted([], [REASON])[0]


def test_reasons_in_the_app_name_file_and_line():
	for reason in reasons():
		assert len(reason.reason) > 20, f"{reason}: say why"
		if reason.path.startswith(APP) and not reason.path.startswith((APP + "demo/", APP + "testing/")):
			assert reason.code and "*" not in reason.path, f"{reason}: name the file and a part of the line"
