"""Documents of the desk by role: who gets which, and what they say to whom."""

import io
import zipfile

import frappe
import pytest
import site_factories as f
from frappe.www.printview import get_html_and_style
from pypdf import PdfReader

from par_campaign import documents
from par_campaign.documents import forms, jobs, particulars, sources
from par_campaign.par_campaign.doctype.par_award_proposal.make import make_proposals

SECRET = "Secret reason of the appraisers"
CAMPAIGN_KINDS = ("submission", "minutes", "decision", "budget", "assignment", "reminder")
HOSTILE = '<script>alert(1)</script> & "Sons" {{ 7*7 }}'


@pytest.fixture
def appraised(appraising):
	"""A, B and C appraised, none of it shown to the units before publication."""
	f.set_campaign(appraising, units_see_appraisal="When results are published")
	for unit, points in (("TA", "4"), ("TB", "3"), ("TC", "2")):
		card = f.appraise(appraising, unit, claims={"1.1.3": points})
		with f.as_user(f.LEAD):
			frappe.db.set_value("PAR Scorecard Line", f.line(card, "1.1.3").name, "appraisal_note", SECRET)
	frappe.clear_document_cache("PAR Unit Scorecard", f"{appraising.name}-TA")
	return appraising


@pytest.fixture
def voted(appraised):
	"""A is voted for the flag and with the chairman; B's vote for the other award fails."""
	f.set_campaign(
		appraised,
		council=[
			{"user": f.LEAD, "member_name": "Lead", "position": "Chair", "votes": 1, "appraises": 1},
			{
				"user": f.APPRAISER,
				"member_name": "Appraiser",
				"position": "Member",
				"votes": 1,
				"appraises": 1,
			},
			{
				"user": f.APPRAISER_OF_A,
				"member_name": "Of A",
				"position": "Member",
				"votes": 1,
				"appraises": 1,
			},
			{"user": f.SECRETARY, "member_name": "Secretary", "position": "Secretary", "votes": 1},
		],
	)
	flag, certificate = levels()
	with f.as_user(f.SECRETARY):
		names = make_proposals(
			appraised.name,
			[{"unit": "TA", "award_level": flag}, {"unit": "TB", "award_level": certificate}],
		)
	for name, vote in zip(names, ("For", "Against"), strict=True):
		proposal = f.step(frappe.get_doc("PAR Award Proposal", name), f.SECRETARY, "Council")
		with f.as_user(f.SECRETARY):
			proposal.fill_council()
			for row in proposal.votes:
				row.vote = row.vote or vote
			proposal.meeting_date = "2023-12-20"
			proposal.save()
	f.step(frappe.get_doc("PAR Award Proposal", names[0]), f.SECRETARY, "Submitted to Chairman")
	return appraised


def levels() -> list[str]:
	return frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=2)


def download(kind: str, user: str, format: str = "pdf", **filters) -> bytes:
	with f.as_user(user):
		documents.download(kind, filters, format)
		return frappe.local.response.filecontent


def text_of(pdf: bytes) -> str:
	"""The text of a PDF on one line."""
	return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def printed(kind: str, user: str, **filters) -> str:
	return text_of(download(kind, user, **filters))


def card_name(campaign, unit: str = "TA") -> str:
	return f"{campaign.name}-{unit}"


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CAMPAIGN_KINDS)
def test_documents_of_the_campaign_are_closed_to_units(voted, kind):
	for user in (f.HEAD_A, f.STAFF_A, f.HOMELESS):
		for format in ("pdf", "docx"):
			with pytest.raises(frappe.PermissionError):
				download(kind, user, format, campaign=voted.name, unit_group=f.GROUP)


@pytest.mark.parametrize("kind", ["scorecard", "evidence", "summary"])
def test_a_unit_gets_no_papers_of_another(appraised, kind):
	for user in (f.HEAD_B, f.STAFF_B, f.HOMELESS):
		with pytest.raises(frappe.PermissionError):
			download(kind, user, scorecard=card_name(appraised))


@pytest.mark.parametrize("user", [f.SECRETARY, f.MANAGER, f.LEAD, f.CHAIRMAN, f.AUDITOR])
def test_provincial_staff_print_the_submission(voted, user):
	assert "Department A" in printed("submission", user, campaign=voted.name)


def test_letters_to_units_not_chosen_are_the_provinces(voted):
	with pytest.raises(frappe.PermissionError):
		download("regret", f.HEAD_B, campaign=voted.name)
	assert "Department B" in printed("regret", f.SECRETARY, campaign=voted.name)


@pytest.mark.parametrize("kind", ["dossier", "scorecards"])
@pytest.mark.parametrize("user", [f.HEAD_A, f.STAFF_A, f.AUDITOR, f.CHAIRMAN])
def test_only_who_writes_documents_has_a_bundle_made(voted, kind, user):
	with f.as_user(user), pytest.raises(frappe.PermissionError):
		jobs.start(kind, voted.name)


def test_every_refusal_is_told_before_the_document_is_opened(appraising):
	with f.as_user(f.SECRETARY), pytest.raises(frappe.ValidationError, match="chairman"):
		documents.check("decision", {"campaign": appraising.name})
	with f.as_user(f.HEAD_A), pytest.raises(frappe.PermissionError):
		documents.check("submission", {"campaign": appraising.name})


# --- what they say --------------------------------------------------------------------------------


def test_hidden_scores_are_in_no_paper_of_the_unit(appraised):
	name = card_name(appraised)
	text = printed("scorecard", f.HEAD_A, scorecard=name)
	assert "chưa được thẩm định" in text
	assert SECRET not in text
	assert SECRET in printed("scorecard", f.LEAD, scorecard=name)
	assert "4,00" in printed("scorecard", f.LEAD, scorecard=name) and "4,00" not in text
	with pytest.raises(frappe.ValidationError):
		download("summary", f.HEAD_A, scorecard=name)


def test_an_outside_value_is_hidden_like_a_score(appraised):
	card = f.card_of(appraised)
	line = f.line(card, "3.1")
	line.db_set({"has_external": 1, "external_value": 87.5})
	assert "8,75" in printed("scorecard", f.LEAD, scorecard=card.name)
	assert "8,75" not in printed("scorecard", f.HEAD_A, scorecard=card.name)


def test_a_unit_reads_its_scores_in_its_papers_once_published(appraised):
	f.appraise(appraised, "TD")
	f.step(appraised, f.MANAGER, "Results Published")
	name = card_name(appraised)
	text = printed("scorecard", f.HEAD_A, scorecard=name)
	assert SECRET in text
	digest = frappe.db.get_value("PAR Published Result", f"{appraised.name}-V1", "digest")
	assert digest in text.replace(" ", "")
	with f.as_user(f.HEAD_A):
		particulars.keep(
			"summary", appraised.name, {"award_level": levels()[0], "features": "Ten people"}, "TA"
		)
	summary = printed("summary", f.HEAD_A, scorecard=name)
	assert "xếp hạng 01/03" in summary and "Ten people" in summary


def test_rank_is_not_told_before_publication(appraised):
	f.set_campaign(appraised, units_see_appraisal="When appraised")
	with f.as_user(f.HEAD_B):
		particulars.keep("summary", appraised.name, {"award_level": levels()[0]}, "TB")
	name = card_name(appraised, "TB")
	assert "xếp hạng" not in printed("summary", f.HEAD_B, scorecard=name)
	assert "xếp hạng 02/" in printed("summary", f.SECRETARY, scorecard=name)


def test_minutes_hold_the_votes_and_count_out_the_recused(voted):
	text = printed("minutes", f.SECRETARY, campaign=voted.name)
	assert "Thành viên có mặt: 04/04" in text
	assert "3/3" in text and "100,00" in text  # A, without its own member
	assert "0/4" in text and "Không đạt" in text  # B
	assert "Ông" not in text and "Of A" in text


def test_minutes_tell_who_was_in_the_chair(voted):
	"""A deputy where the chair was away; whoever had left the council by then is not told of at all."""
	text = printed("minutes", f.SECRETARY, campaign=voted.name)
	assert "Chủ tọa: Lead" in text
	council = frappe.get_all(
		"PAR Council Member", {"parent": voted.name}, ["name", "member_name"], order_by="idx"
	)
	names = {row.member_name: row.name for row in council}
	frappe.db.set_value("PAR Council Member", names["Of A"], "position", "Deputy Chair")
	frappe.get_doc("PAR Campaign", voted.name).append(
		"council", {"member_name": "Gone", "position": "Member", "votes": 1, "left_on": "2023-12-01"}
	).db_insert()
	for row in frappe.get_all("PAR Council Vote", {"user": f.LEAD}, pluck="name", order_by="name"):
		frappe.db.set_value("PAR Council Vote", row, "vote", "Absent")
	for name in frappe.get_all("PAR Award Proposal", {"campaign": voted.name}, pluck="name", order_by="name"):
		present = frappe.db.get_value("PAR Award Proposal", name, "members_present") - 1
		for_it = frappe.db.count("PAR Council Vote", {"parent": name, "vote": "For"})
		frappe.db.set_value("PAR Award Proposal", name, {"members_present": present, "votes_for": for_it})
	frappe.clear_document_cache("PAR Campaign", voted.name)
	text = printed("minutes", f.SECRETARY, campaign=voted.name)
	assert "Chủ tọa: Of A" in text and "Gone" not in text
	assert "Thành viên vắng mặt: 01/04" in text


def test_who_failed_the_vote_is_not_proposed(voted):
	text = printed("submission", f.SECRETARY, campaign=voted.name)
	proposals = text.partition("Danh sách trích ngang các tập thể".upper())[2].partition("BẢNG TỔNG HỢP")[0]
	assert "Department A" in proposals and "Department B" not in proposals
	decision = printed("decision", f.SECRETARY, campaign=voted.name)
	assert "01 tập thể" in decision and "Department B" not in decision


def test_who_failed_the_vote_is_told_why(voted):
	text = printed("regret", f.SECRETARY, campaign=voted.name)
	assert "0/4 phiếu đồng ý" in text and "Department A" not in text


def test_what_was_asked_stands_in_the_document(voted):
	with f.as_user(f.SECRETARY):
		particulars.keep(
			"submission",
			voted.name,
			{
				"document_number": 7,
				"document_date": "2026-02-05",
				"signatory_title": "Phó Giám đốc",
				"with_money": 1,
			},
		)
	text = printed("submission", f.AUDITOR, campaign=voted.name)
	assert "Số: 07/TTr" in text and "ngày 05 tháng 02 năm 2026" in text
	assert "PHÓ GIÁM ĐỐC" in text
	assert "18.720.000" in text  # 8 x 2.340.000, in force on that day


def test_award_money_goes_by_the_day_of_the_decision(voted):
	for day, amount in (("2026-06-30", "18.720.000"), ("2026-07-01", "20.240.000")):
		with f.as_user(f.SECRETARY):
			particulars.keep("budget", voted.name, {"document_date": day})
		text = printed("budget", f.SECRETARY, campaign=voted.name)
		assert amount in text and "(*)" in text  # nobody has confirmed the coefficient


def test_a_confirmed_coefficient_bears_no_mark(voted):
	for name in levels():
		level = frappe.get_doc("PAR Award Level", name)
		level.rates[0].confirmed = 1
		level.save()
	assert "(*)" not in printed("budget", f.SECRETARY, campaign=voted.name)


def test_money_of_a_day_nothing_holds_on_is_refused(voted):
	with f.as_user(f.SECRETARY):
		particulars.keep("budget", voted.name, {"document_date": "2019-01-01"})
	with pytest.raises(frappe.ValidationError, match="Mức lương cơ sở"):
		download("budget", f.SECRETARY, campaign=voted.name)


def test_two_coefficients_from_one_day_are_refused(base):
	level = frappe.get_doc("PAR Award Level", levels()[0])
	level.append("rates", {"valid_from": level.rates[0].valid_from, "coefficient": 3})
	with pytest.raises(frappe.ValidationError, match="row 2"):
		level.save()


def test_reminder_names_who_still_holds_a_scorecard(campaign):
	f.hand_in(campaign, "TA")
	text = printed("reminder", f.LEAD, campaign=campaign.name)
	assert "Department B" in text and "Department A" not in text


def test_assignment_goes_to_a_group_and_says_what_earns_full_points(campaign):
	text = printed("assignment", f.MANAGER, campaign=campaign.name, unit_group=f.GROUP)
	assert "Từ 80% trở lên" in text and "On time" in text and "SIPAS" not in text
	with pytest.raises(frappe.ValidationError, match="nhóm"):
		download("assignment", f.MANAGER, campaign=campaign.name)


def test_a_units_plan_is_printed_by_the_unit_alone(campaign):
	for user in (f.MANAGER, f.HEAD_B):
		with pytest.raises(frappe.PermissionError):
			download("assignment", user, campaign=campaign.name, unit="TA")


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_hostile_names_are_text(appraised, format):
	frappe.db.set_value("PAR Unit", "TA", "unit_name", HOSTILE)
	frappe.db.set_value("PAR Unit Scorecard", card_name(appraised), "unit_name", HOSTILE)
	frappe.clear_cache()
	content = download("scorecard", f.LEAD, format, scorecard=card_name(appraised))
	if format == "pdf":
		assert "<script>alert(1)</script>" in text_of(content) or "<SCRIPT>" in text_of(content).upper()
		assert "{{ 7*7 }}" in text_of(content)
		return
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		body = archive.read("word/document.xml").decode()
	assert "&lt;script&gt;" in body.lower() and "<script>" not in body.lower()


def test_evidence_is_read_in_two_queries_whatever_the_number(appraised):
	names = [card_name(appraised, unit) for unit in ("TA", "TB", "TC")]
	sources.evidence_of(names)  # the meta is cached from now on
	for some in (names[:1], names):
		with counted() as queries:
			sources.evidence_of(some)
		assert len(queries) <= 2


class counted:
	"""The SQL run meanwhile."""

	def __enter__(self) -> list[str]:
		self.before, queries = frappe.db.sql, []

		def sql(query, *args, **kwargs):
			queries.append(str(query))
			return self.before(query, *args, **kwargs)

		frappe.db.sql = sql
		return queries

	def __exit__(self, *_exception):
		frappe.db.sql = self.before


# --- what is kept ---------------------------------------------------------------------------------


def test_units_read_and_write_their_own_papers_only(appraised):
	with f.as_user(f.SECRETARY):
		minutes = particulars.keep("minutes", appraised.name, {"venue": "Room 2"})
	with f.as_user(f.HEAD_A):
		own = particulars.keep("summary", appraised.name, {"features": "Ours"}, "TA")
		assert frappe.get_list("PAR Document", pluck="name", order_by="name") == [own]
		with pytest.raises(frappe.PermissionError):
			particulars.ask("minutes", appraised.name)
		with pytest.raises(frappe.PermissionError):
			particulars.keep("minutes", appraised.name, {"venue": "Elsewhere"})
		with pytest.raises(frappe.PermissionError):
			particulars.keep("summary", appraised.name, {"features": "Theirs"}, "TB")
	with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
		particulars.ask("summary", appraised.name, "TA")
	assert frappe.db.get_value("PAR Document", minutes, "venue") == "Room 2"


def test_auditor_and_chairman_change_nothing(appraised):
	for user in (f.AUDITOR, f.CHAIRMAN, f.APPRAISER):
		with f.as_user(user):
			assert not particulars.ask("minutes", appraised.name)["may_keep"]
			with pytest.raises(frappe.PermissionError):
				particulars.keep("minutes", appraised.name, {"venue": "Room 3"})


def test_file_and_status_are_the_jobs_alone(appraised):
	with f.as_user(f.SECRETARY):
		doc = frappe.get_doc("PAR Document", particulars.keep("budget", appraised.name, {}))
		doc.update({"status": "Ready", "file": "/private/files/other.pdf"})
		doc.save()
	assert (doc.reload().status, doc.file) == (None, None)


# --- made in the background -----------------------------------------------------------------------


def made(campaign, kind: str, format: str = "pdf", **options):
	with f.as_user(f.SECRETARY):
		name = jobs.start(kind, campaign.name, format, **options)
		jobs.make(name, format, options.get("unit_group"))
	return frappe.get_doc("PAR Document", name)


def files_of(doc) -> list:
	return frappe.get_all(
		"File",
		filters={"attached_to_doctype": doc.doctype, "attached_to_name": doc.name},
		fields=["name", "file_url", "is_private"],
		order_by="creation",
	)


def test_a_dossier_ends_in_a_private_file_no_unit_can_open(voted):
	doc = made(voted, "dossier")
	assert doc.status == "Ready", doc.error
	(file,) = files_of(doc)
	assert file.is_private and file.file_url == doc.file
	content = frappe.get_doc("File", file.name).get_content()
	text = text_of(content)
	for part in ("TỜ TRÌNH", "BIÊN BẢN", "QUYẾT ĐỊNH", "BẢNG TÍNH", "BÁO CÁO", "PHIẾU ĐIỂM"):
		assert part in text
	for user, may in ((f.AUDITOR, True), (f.HEAD_A, False), (f.HOMELESS, False)):
		with f.as_user(user):
			assert bool(frappe.has_permission("File", "read", file.name)) is may, user


def test_the_bell_tells_when_it_is_ready(voted):
	doc = made(voted, "scorecards")
	assert frappe.db.exists(
		"Notification Log",
		{"document_type": "PAR Document", "document_name": doc.name, "for_user": f.SECRETARY},
	)


def test_a_zip_holds_each_as_pdf_and_word(appraised):
	doc = made(appraised, "scorecards", "zip", unit_group=f.GROUP)
	(file,) = files_of(doc)
	with zipfile.ZipFile(io.BytesIO(frappe.get_doc("File", file.name).get_content())) as archive:
		names = archive.namelist()
	assert [name.rpartition(".")[2] for name in names] == ["pdf", "docx"] * 3
	assert names[0] == "01-phieu-diem-ta.pdf"


def test_made_again_it_takes_the_place_of_the_one_before(appraised):
	made(appraised, "scorecards")
	assert len(files_of(made(appraised, "scorecards"))) == 1


def test_an_error_stays_to_be_read(voted):
	frappe.db.delete("PAR Base Salary")
	doc = made(voted, "dossier")
	assert doc.status == "Failed" and doc.error and not doc.file
	with f.as_user(f.SECRETARY):
		assert jobs.status("dossier", voted.name)["error"] == doc.error


# --- Frappe's print view --------------------------------------------------------------------------


def view(doctype: str, name: str, user: str, **options) -> str:
	with f.as_user(user):
		return get_html_and_style(doctype, name, **options)["html"]


def test_print_view_shows_a_unit_what_it_may_see(appraised):
	name = card_name(appraised)
	for format in ("PAR Score Sheet", "Standard"):
		assert SECRET not in view("PAR Unit Scorecard", name, f.HEAD_A, print_format=format), format
	assert SECRET in view("PAR Unit Scorecard", name, f.LEAD)
	with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
		get_html_and_style("PAR Unit Scorecard", name)


def test_print_view_takes_nothing_but_the_name_from_the_browser(appraised):
	doc = f.card_of(appraised, "TB").as_dict() | {"name": card_name(appraised)}
	with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
		get_html_and_style(frappe.as_json(doc))


def test_print_view_escapes(appraised):
	frappe.db.set_value("PAR Unit Scorecard", card_name(appraised), "unit_name", HOSTILE)
	html = view("PAR Unit Scorecard", card_name(appraised), f.LEAD)
	assert "<script>alert" not in html and "&lt;script&gt;" in html and "{{ 7*7 }}" in html


def test_print_view_of_a_proposal_keeps_votes_by_name_inside(voted):
	name = frappe.db.get_value("PAR Award Proposal", {"campaign": voted.name, "unit": "TA"})
	assert "Of A" in view("PAR Award Proposal", name, f.SECRETARY)
	frappe.db.set_value("PAR Award Proposal", name, {"workflow_state": "Awarded", "docstatus": 1})
	html = view("PAR Award Proposal", name, f.HEAD_A)
	assert "Department A" in html and "Of A" not in html


def test_pdf_button_of_the_print_view_gives_our_pdf(appraised):
	name = card_name(appraised)
	with f.as_user(f.LEAD):
		forms.download_pdf(doctype="PAR Unit Scorecard", name=name)
		assert frappe.local.response.filecontent.startswith(b"%PDF")
	with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
		forms.download_pdf(doctype="PAR Unit Scorecard", name=name, format="PAR Score Sheet")
	with f.as_user("Guest"), pytest.raises(frappe.PermissionError):
		forms.download_pdf(doctype="PAR Unit Scorecard", name=name, format="PAR Score Sheet")
