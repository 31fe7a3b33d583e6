"""Reports and the files made from them."""

from io import BytesIO

import frappe
import pytest
import site_factories as f
from openpyxl import load_workbook
from pypdf import PdfReader

from par_campaign import documents
from par_campaign.exchange.results_workbook.recount import recount
from par_campaign.par_campaign.report.par_award_proposals import par_award_proposals
from par_campaign.par_campaign.report.par_rankings import par_rankings


@pytest.fixture
def ranked(appraising):
	"""Three departments, A and B equal, and one district, all appraised."""
	for unit, points in (("TA", "4"), ("TB", "4"), ("TC", "3"), ("TD", "5")):
		f.appraise(appraising, unit, claims={"1.1.3": points})
	return appraising


def places(campaign, user=f.MANAGER, **filters):
	with f.as_user(user):
		rows = par_rankings.execute({"campaign": campaign.name, **filters})[1]
	return [(row["place"], row["unit"]) for row in rows]


def test_equal_indexes_share_a_rank(ranked):
	assert places(ranked, unit_group=f.GROUP) == [(1, "TA"), (1, "TB"), (3, "TC")]


def test_groups_are_ranked_by_themselves(ranked):
	assert (1, "TD") in places(ranked)
	assert places(ranked, unit_group=f.DISTRICTS, cluster="Cluster 2") == []


def test_a_disqualified_unit_has_no_rank_and_says_why(ranked):
	with f.as_user(f.LEAD):
		f.card_of(ranked, "TA").disqualify("False evidence")
	with f.as_user(f.MANAGER):
		rows = par_rankings.execute({"campaign": ranked.name, "unit_group": f.GROUP})[1]
	assert [(row["place"], row["unit"]) for row in rows] == [(1, "TB"), (2, "TC"), (None, "TA")]
	assert "False evidence" in rows[-1]["remark"]


def test_change_is_appraised_less_self_scored(ranked):
	with f.as_user(f.AUDITOR):
		row = par_rankings.execute({"campaign": ranked.name, "unit_group": f.GROUP})[1][0]
	assert round(row["change"], 2) == round(row["index_score"] - row["self_index"], 2) < 0


def test_tie_at_the_cut_off_is_shown_not_cut(ranked):
	with f.as_user(f.SECRETARY):
		rows = par_award_proposals.execute({"campaign": ranked.name})[1]
	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	tied = {
		row["unit"] for row in rows if row["award_level"] == flag and row["selection"] == "Tied at cut-off"
	}
	assert tied == {"TA", "TB"}


def test_council_decides_a_tie_and_says_why(ranked):
	from par_campaign.par_campaign.doctype.par_award_proposal.make import make_proposals

	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		names = make_proposals(ranked.name, [{"unit": u, "award_level": flag} for u in ("TA", "TB")])
	for name in names:
		proposal = frappe.get_doc("PAR Award Proposal", name)
		assert proposal.selection == "Tied at cut-off"
		f.step(proposal, f.SECRETARY, "Council")
		with f.as_user(f.SECRETARY):
			proposal.fill_council()
			for row in proposal.votes:
				row.vote = row.vote or "For"
			proposal.meeting_date = "2023-12-20"
			proposal.save()
	first, second = (frappe.get_doc("PAR Award Proposal", name) for name in names)
	with pytest.raises(frappe.ValidationError, match="Reason in a Tie"):
		f.step(first, f.SECRETARY, "Submitted to Chairman")
	f.step(first, f.SECRETARY, "Submitted to Chairman", tie_note="Better in procedures")
	with pytest.raises(frappe.ValidationError, match=r"Quota|places"):
		f.step(second, f.SECRETARY, "Submitted to Chairman", tie_note="Also good")
	f.step(second, f.SECRETARY, "Draft")
	with f.as_user(f.SECRETARY):
		frappe.delete_doc("PAR Award Proposal", second.name)
	assert f.card_of(ranked, "TB").workflow_state == "Appraised"


def test_proposals_are_made_all_or_none(ranked):
	from par_campaign.par_campaign.doctype.par_award_proposal.make import make_proposals

	flag = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	frappe.db.savepoint("no_proposals")
	with f.as_user(f.SECRETARY), pytest.raises(frappe.ValidationError):
		make_proposals(ranked.name, [{"unit": u, "award_level": flag} for u in ("TA", "TC")])
	frappe.db.rollback(save_point="no_proposals")
	assert not frappe.db.count("PAR Award Proposal", {"campaign": ranked.name})
	with f.as_user(f.MANAGER), pytest.raises(frappe.PermissionError):
		make_proposals(ranked.name, [{"unit": "TA", "award_level": flag}])


def test_units_see_the_published_ranking_and_nothing_else(ranked):
	f.step(ranked, f.MANAGER, "Results Published")
	with f.as_user(f.HEAD_B):
		columns, rows, *_rest = par_rankings.execute({"campaign": ranked.name})
	assert len(rows) == 4
	assert "earned" not in {column["fieldname"] for column in columns}


def test_a_rank_leads_to_its_reasons_for_those_who_may_read_them(ranked):
	f.step(ranked, f.MANAGER, "Results Published")
	card = f"{ranked.name}-TA"
	for user, led in ((f.AUDITOR, 4), (f.HEAD_A, 1)):
		with f.as_user(user):
			rows = par_rankings.execute({"campaign": ranked.name})[1]
		assert {row["scorecard"] for row in rows if row["scorecard"]} >= {card}
		assert sum(bool(row["scorecard"]) for row in rows) == led
	with f.as_user(f.AUDITOR):
		awards = par_award_proposals.execute({"campaign": ranked.name, "show_all": 1})[1]
	assert all(row["scorecard"] == f"{ranked.name}-{row['unit']}" for row in awards)


def download(kind, format, user, **filters):
	with f.as_user(user):
		documents.download(kind, filters, format)
		return frappe.local.response.filecontent


def test_ranking_workbook_holds_the_report(ranked):
	content = download("ranking", "xlsx", f.MANAGER, campaign=ranked.name, unit_group=f.GROUP)
	sheet = load_workbook(BytesIO(content)).active
	names = [row[1].value for row in sheet.iter_rows(min_row=5)]
	assert names == ["Department A", "Department B", "Department C"]


def test_results_workbook_agrees_with_its_recount(ranked, tmp_path):
	path = tmp_path / "results.xlsx"
	path.write_bytes(download("results", "xlsx", f.MANAGER, campaign=ranked.name))
	assert recount(path) == []


def test_published_version_can_be_recounted_after_a_correction(ranked, tmp_path):
	f.step(ranked, f.MANAGER, "Results Published")
	digest = frappe.db.get_value("PAR Published Result", f"{ranked.name}-V1", "digest")
	f.step(ranked, f.MANAGER, "Appraising", correction_reason="Mistake found")
	path = tmp_path / "results.xlsx"
	path.write_bytes(download("results", "xlsx", f.AUDITOR, campaign=ranked.name, version=1))
	assert recount(path, digest) == []
	assert recount(path, "0" * 64) != []


@pytest.mark.parametrize("kind", ["ranking", "awards", "results"])
def test_units_get_no_workbook_of_unpublished_results(ranked, kind):
	with pytest.raises(frappe.PermissionError):
		download(kind, "xlsx", f.HEAD_A, campaign=ranked.name)


def test_unknown_document_is_refused(ranked):
	with pytest.raises(frappe.ValidationError):
		download("secrets", "pdf", f.MANAGER, campaign=ranked.name)


def test_rankings_chart_shows_each_unit_against_the_mean(ranked):
	rows = par_rankings.get_rows(frappe._dict(campaign=ranked.name, unit_group=f.GROUP))
	chart = par_rankings.get_chart(rows, [])
	ahead, change = (dataset["values"] for dataset in chart["data"]["datasets"])
	assert chart["data"]["labels"] == [row["unit"] for row in rows]
	assert abs(sum(ahead)) <= 0.01 * len(rows)
	assert ahead[0] - ahead[-1] == pytest.approx(rows[0]["index_score"] - rows[-1]["index_score"])
	assert change == [row["change"] for row in rows]


def test_classes_stand_best_first_in_colours_of_their_own():
	"""A class keeps its colour whether or not a better one has been reached."""
	classes = ["Excellent", "Good", "Fair", "Average", "Weak"]
	rows = [
		{"unit_group": group, "band": band, "index_score": index}
		for group, band, index in (("A", "Weak", 20), ("A", "Good", 85), ("B", "", 10), ("B", "Good", 81))
	]
	chart = par_rankings.get_chart(rows, classes)
	best, *_between, last = par_rankings.CLASS_COLOURS
	assert [data["name"] for data in chart["data"]["datasets"]] == ["Good", "Weak", "No Class"]
	assert chart["colors"][1:] == [last, par_rankings.NO_CLASS_COLOUR] and chart["colors"][0] != best
	assert par_rankings.get_chart(rows, ["Good", "Weak"])["colors"][0] == best


def test_who_has_not_handed_in_has_no_place_and_moves_no_mean(appraising):
	"""Whatever its sheet says by now: nobody answers for it yet."""
	f.appraise(appraising, "TA", claims={"1.1.3": "3"})
	with f.as_user(f.email("head.b")):
		f.fill(f.card_of(appraising, "TB"), {"1.1.3": "5"}).save()
	with f.as_user(f.MANAGER):
		_columns, rows, message, chart, summary = par_rankings.execute(
			{"campaign": appraising.name, "unit_group": f.GROUP}
		)
	assert [(row["place"], row["unit"]) for row in rows] == [(1, "TA"), (None, "TB"), (None, "TC")]
	assert rows[1]["remark"] == "Not handed in yet" and "band" not in rows[1]
	figures = {entry["label"]: entry["value"] for entry in summary}
	assert (figures["Units"], figures["Handed in"]) == (3, 1)
	assert figures["Highest"] == figures["Mean"] == figures["Lowest"]
	assert chart["data"]["labels"] == ["TA"] and "2 units have not handed in" in message
	with f.as_user(f.SECRETARY):
		proposed = par_award_proposals.execute({"campaign": appraising.name})[1]
	assert {row["unit"] for row in proposed} == {"TA"}
	flag = proposed[0]["award_level"]  # TB would stand before TA, were it handed in
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=appraising.name,
			scorecard=f"{appraising.name}-TA",
			award_level=flag,
		).insert()
	assert (proposal.rank, proposal.selection) == (1, "Qualified")
	pages = PdfReader(BytesIO(download("ranking", "pdf", f.MANAGER, campaign=appraising.name))).pages
	text = " ".join(" ".join(page.extract_text() for page in pages).split())
	assert "Chưa nộp phiếu (3 đơn vị)" in text and "SHA-256" not in text


def test_rankings_chart_over_groups_counts_their_units_by_class(ranked):
	rows = par_rankings.get_rows(frappe._dict(campaign=ranked.name))
	chart = par_rankings.get_chart(rows, par_rankings.classes_of(ranked.name))
	assert chart["data"]["labels"] == [f.GROUP, f.DISTRICTS]
	for place, group in enumerate(chart["data"]["labels"]):
		counted = {data["name"]: data["values"][place] for data in chart["data"]["datasets"]}
		bands = [row["band"] for row in rows if row["unit_group"] == group]
		assert counted == {band: bands.count(band) for band in counted}
		assert sum(counted.values()) == len(bands)
