"""Once results are published, ranks, awards and prints rest on that version until it is taken back."""

import json
import subprocess
import sys
from io import BytesIO

import frappe
import pytest
import site_factories as f
from frappe.model.workflow import apply_workflow
from openpyxl import load_workbook
from pypdf import PdfReader

from par_campaign import documents
from par_campaign.exchange.results_workbook.recount import examine, recount
from par_campaign.exchange.results_workbook.workbook import read
from par_campaign.par_campaign.report.par_award_proposals import par_award_proposals
from par_campaign.par_campaign.report.par_rankings import par_rankings
from par_campaign.results import explanation, in_force, store
from par_campaign.scoring.campaign import evaluate

POINTS = {"TA": "5", "TB": "4", "TC": "3", "TD": "2"}


@pytest.fixture
def published(appraising):
	for unit, points in POINTS.items():
		f.appraise(appraising, unit, claims={"1.1.3": points})
	return f.step(appraising, f.MANAGER, "Results Published")


def digest_of(campaign, version: int = 1) -> str:
	return frappe.db.get_value("PAR Published Result", f"{campaign.name}-V{version}", "digest")


def level(place: int = 0) -> str:
	return frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[place]


def award(campaign, unit: str = "TA"):
	"""Propose the unit for the flag, vote, award."""
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=campaign.name,
			scorecard=f"{campaign.name}-{unit}",
			award_level=level(),
		).insert()
		proposal = apply_workflow(proposal, "Send to Council")
		proposal.fill_council()
		for row in proposal.votes:
			row.vote = row.vote or "For"
		proposal.meeting_date = "2023-12-20"
		proposal.save()
		apply_workflow(proposal, "Submit to Chairman")
	with f.as_user(f.CHAIRMAN):
		proposal.reload()
		proposal.update(
			{"decision_number": "01/QĐ-UBND", "decision_date": "2024-01-05", "signatory": "Chair"}
		)
		proposal.save()
		return apply_workflow(proposal, "Award")


def download(kind: str, format: str, **filters) -> bytes:
	documents.download(kind, filters, format)
	return frappe.local.response.filecontent


def pdf_text(content: bytes) -> str:
	text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
	return "".join(text.split())


@pytest.mark.parametrize("kind", ["ranking", "awards"])
def test_print_carries_the_published_digest_after_awards_too(published, kind):
	award(published)
	assert evaluate(store.campaign(published.name)).digest != digest_of(published)
	with f.as_user(f.MANAGER):
		text = pdf_text(download(kind, "pdf", campaign=published.name))
	assert digest_of(published) in text


def test_print_during_a_correction_does_not_pass_for_the_published_version(published):
	f.step(published, f.MANAGER, "Appraising", correction_reason="Error in 1.1.3")
	with f.as_user(f.MANAGER):
		text = pdf_text(download("ranking", "pdf", campaign=published.name))
		message = par_rankings.execute({"campaign": published.name})[2]
	assert "Lầncôngbố" not in text
	assert "Version 1 is taken back" in message and digest_of(published) not in message


def test_ranking_is_the_published_one_for_everybody(published):
	frappe.db.set_value("PAR Unit Scorecard", f"{published.name}-TB", "unit_name", "Renamed since")
	seen = {}
	for user in (f.MANAGER, f.HEAD_A, f.AUDITOR):
		with f.as_user(user):
			rows = par_rankings.get_rows(frappe._dict(campaign=published.name))
		seen[user] = [(row["unit_name"], row["rank"], row["index_score"], row["band"]) for row in rows]
	assert seen[f.MANAGER] == seen[f.HEAD_A] == seen[f.AUDITOR]
	assert "Renamed since" not in {row[0] for row in seen[f.MANAGER]}


def test_awards_go_by_the_published_ranks_and_todays_proposals(published):
	award(published)
	# whatever happens to a scorecard now, the published rank stands
	line = f.line(f.card_of(published, "TB"), "1.1.3")
	frappe.db.set_value("PAR Scorecard Line", line.name, "appraised_claim", "0")
	rows = par_award_proposals.get_rows(frappe._dict(campaign=published.name, show_all=1))
	shown = {(row["unit"], row["award_level"]): (row["rank"], row["selection"]) for row in rows}
	assert shown["TA", level(1)] == (1, "Gets a higher award")
	assert shown["TB", level(1)] == (2, "Qualified")
	said = " ".join(explanation.why(f"{published.name}-TA")["awards"])
	assert "2 of 2 votes for it" in said and "100,00 %" in said and "01/QĐ-UBND" in said
	with f.as_user(f.HEAD_A):
		assert "votes" not in " ".join(explanation.why(f"{published.name}-TA")["awards"])


def test_results_workbook_holds_the_version_and_recounts_to_its_digest(published):
	award(published)
	with f.as_user(f.AUDITOR):
		as_published = BytesIO(download("results", "xlsx", campaign=published.name, version=1))
		today = BytesIO(download("results", "xlsx", campaign=published.name))
	assert recount(as_published, digest_of(published)) == []
	assert read(as_published).campaign.proposals == ()
	assert recount(today) == recount(today, digest_of(published)) == []
	assert examine(today).published == digest_of(published)
	stated = read(today)
	assert stated.published == ()
	assert [proposal.state for proposal in stated.campaign.proposals] == ["Awarded"]
	assert stated.meta["published_digest"] == digest_of(published)
	assert evaluate(stated.campaign).ranking == evaluate(read(as_published).campaign).ranking


def test_results_workbook_is_vietnamese_whoever_exports_and_states_its_office(published):
	with f.as_user(f.AUDITOR):
		assert frappe.local.lang != "vi"
		content = BytesIO(download("results", "xlsx", campaign=published.name))
	sheet = load_workbook(content)["Xếp hạng"]
	keys = [cell.value for cell in sheet[1]]
	assert sheet.cell(5, keys.index("trace") + 1).value.startswith("chỉ số ")
	meta = read(content).meta
	assert meta["issuer"] == (published.office_name or "") and meta["program"].startswith("PAR Campaign ")


def test_command_line_gives_the_numbers_of_the_site(published, tmp_path):
	path = tmp_path / "results.xlsx"
	path.write_bytes(download("results", "xlsx", campaign=published.name, version=1))
	command = [
		sys.executable,
		"-m",
		"par_campaign.cli",
		"recount",
		str(path),
		"--digest",
		digest_of(published),
	]
	done = subprocess.run(command, capture_output=True, text=True, check=False)
	assert done.returncode == 0, done.stdout + done.stderr

	table = tmp_path / "table.csv"
	lines = ["unit;group;cluster;earned;maximum;bonus;deduction"]
	for card in frappe.get_all(
		"PAR Unit Scorecard", {"campaign": published.name}, pluck="name", order_by="name desc"
	):
		doc = frappe.get_doc("PAR Unit Scorecard", card)
		points = ";".join(str(doc.get(field)) for field in ("earned", "maximum", "bonus", "deduction"))
		lines.append(f"{doc.unit};{doc.unit_group};{doc.cluster or ''};{points}")
	table.write_text("\n".join(lines), encoding="utf-8")
	command = [sys.executable, "-m", "par_campaign.cli", "rank", str(table), "--json"]
	ranked = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
	rows = frappe.get_doc("PAR Published Result", f"{published.name}-V1").rows
	assert {row["unit"]: (row["rank"], row["index"]) for row in ranked} == {
		row.unit: (row.rank, row.index_score) for row in rows
	}


def test_reasons_name_the_unit_head_the_appraiser_and_the_source(appraising):
	f.appraise(appraising)
	with f.as_user(f.LEAD):
		result = frappe.get_doc(
			doctype="PAR External Result",
			campaign=appraising.name,
			criterion_code="3.1",
			source="SIPAS",
			document_number="9/BC",
			document_date="2023-12-01",
			external_values=[{"unit": "TA", "value": 87.35}],
		).insert()
		result.submit()
	card = f"{appraising.name}-TA"
	claimed = " ".join(explanation.why_row(card, "1.1.3"))
	for user in (f.HEAD_A, f.LEAD):
		assert f"({frappe.utils.get_fullname(user)}, {user})" in claimed
	outside = " ".join(explanation.why_row(card, "3.1"))
	for part in (f.LEAD, "87,35 / 100 × 10", "9/BC", "01/12/2023", result.name):
		assert part in outside, outside
	(kept,) = (line for line in in_force.campaign(appraising.name)[0].cards[0].lines if line.code == "3.1")
	assert result.name in kept.note and kept.appraised_by == f.LEAD


def test_whoever_reads_a_scorecard_gets_from_its_index_to_each_row(appraising):
	f.appraise(appraising, claims={"1.1.3": "4"})
	card = f"{appraising.name}-TA"
	shown = {}
	for user in (f.AUDITOR, f.APPRAISER, f.STAFF_A):
		with f.as_user(user):
			shown[user] = {row["code"]: row["stands"] for row in explanation.rows(card)}
			for code in shown[user]:
				heading, *reasons = explanation.why_row(card, code)
				assert heading.startswith(f"{code} ") and reasons, code
	doc = frappe.get_doc("PAR Unit Scorecard", card)
	assert list(shown[f.AUDITOR]) == [
		row.code for row in frappe.get_doc("PAR Criteria Set", doc.criteria_set).criteria
	]
	assert shown[f.AUDITOR]["1.1.3"].startswith("4 / ")
	assert shown[f.STAFF_A] == shown[f.AUDITOR]  # shown to units at once
	frappe.db.set_value("PAR Campaign", appraising.name, "units_see_appraisal", "When results are published")
	frappe.db.set_value("PAR Scorecard Line", f.line(doc, "1.1.3").name, "self_claim", "3")
	with f.as_user(f.STAFF_A):
		hidden = {row["code"]: row["stands"] for row in explanation.rows(card)}
		said = " ".join(explanation.why_row(card, "1.1.3"))
	assert hidden["1.1.3"].startswith("3 / ")
	assert f.LEAD not in said and "Appraisal" not in said
	with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
		explanation.rows(card)


def test_quotas_that_come_with_the_publishing_save_are_the_published_ones(appraising):
	for unit in POINTS:
		f.appraise(appraising, unit)
	frappe.get_cached_doc("PAR Campaign", appraising.name)  # what a worker may still hold
	quotas = [row.as_dict(no_nulls=True) for row in appraising.reload().award_quotas]
	quotas[0]["places"] = 3
	f.step(appraising, f.MANAGER, "Results Published", award_quotas=quotas)
	assert [quota.count for quota in in_force.campaign(appraising.name)[0].quotas] == [3, 1]


def test_not_even_administrator_edits_a_version(published):
	name = f"{published.name}-V1"
	for change in (
		lambda doc: doc.update({"digest": "0" * 64}).save(),
		lambda doc: doc.update({"rows": doc.rows[:1]}).save(),
		lambda doc: doc.delete(),
		lambda doc: frappe.copy_doc(doc).insert(),
		lambda doc: frappe.rename_doc(doc.doctype, doc.name, "V9"),
		lambda doc: doc.rows[0].update({"rank": 9}).save(),
		lambda doc: doc.rows[0].delete(),
	):
		with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
			change(frappe.get_doc("PAR Published Result", name))
