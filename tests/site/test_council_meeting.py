"""One meeting's votes on many proposals: all or none, counted as on each proposal, nobody on their own unit."""

import frappe
import pytest
import site_factories as f

from par_campaign.par_campaign.doctype.par_award_proposal import meeting
from par_campaign.par_campaign.doctype.par_award_proposal.make import make_proposals
from par_campaign.results import in_force

DAY = "2023-12-20"


@pytest.fixture
def with_council(appraising):
	"""Department A proposed for the flag and B for the certificate, both with the council."""
	for unit, claims in (("TA", None), ("TB", {"1.1.3": "1"})):
		f.appraise(appraising, unit, claims)
	flag, certificate = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence", limit=2)
	with f.as_user(f.SECRETARY):
		names = make_proposals(
			appraising.name,
			[{"unit": "TA", "award_level": flag}, {"unit": "TB", "award_level": certificate}],
		)
	for name in names:
		f.step(frappe.get_doc("PAR Award Proposal", name), f.SECRETARY, "Council")
	return appraising, *names


def cast(votes: dict) -> dict:
	return {
		name: {"votes": {f.LEAD: lead, f.APPRAISER: appraiser}} for name, (lead, appraiser) in votes.items()
	}


def secret(name: str, ballots: tuple[int, int, int], vote: str = "Present") -> dict:
	return {
		name: {
			"votes": {f.LEAD: vote, f.APPRAISER: "Present"},
			"secret_ballot": 1,
			**dict(zip(("ballots_for", "ballots_against", "ballots_invalid"), ballots, strict=True)),
		}
	}


def record(campaign, votes, user=f.SECRETARY):
	with f.as_user(user):
		return meeting.record(campaign.name, DAY, votes)


def state(name: str) -> tuple:
	doc = frappe.get_doc("PAR Award Proposal", name)
	return (
		str(doc.meeting_date),
		doc.members_present,
		doc.votes_for,
		{row.user: row.vote for row in doc.votes},
	)


def test_sheet_shows_members_proposals_and_who_is_recused(with_council):
	campaign, flag, certificate = with_council
	with f.as_user(f.SECRETARY):
		sheet = meeting.sheet(campaign.name)
	assert [row["key"] for row in sheet["members"]] == [f.LEAD, f.APPRAISER, f.APPRAISER_OF_A]
	assert [row["name"] for row in sheet["proposals"]] == [flag, certificate]
	of_a, of_b = (row["votes"][f.APPRAISER_OF_A] for row in sheet["proposals"])
	assert of_a == {"vote": "Recused", "bound": True} and of_b == {"vote": "", "bound": False}


def test_votes_are_written_on_every_proposal(with_council):
	campaign, flag, certificate = with_council
	votes = cast({flag: ("For", "For"), certificate: ("For", "Against")})
	votes[certificate]["votes"][f.APPRAISER_OF_A] = "Absent"
	assert record(campaign, votes) == {"passed": [flag], "rest": [certificate]}
	assert state(flag) == (DAY, 2, 2, {f.LEAD: "For", f.APPRAISER: "For", f.APPRAISER_OF_A: "Recused"})
	assert state(certificate)[1:3] == (2, 1)
	with f.as_user(f.SECRETARY):
		again = meeting.sheet(campaign.name, DAY)["proposals"]
	assert {key: cell["vote"] for key, cell in again[1]["votes"].items()} == votes[certificate]["votes"]


def test_tally_counts_as_saving_does_and_writes_nothing(with_council):
	campaign, flag, certificate = with_council
	votes = cast({flag: ("For", "For"), certificate: ("For", "Against")})
	with f.as_user(f.SECRETARY):
		counts = meeting.tally(campaign.name, votes, DAY)
	assert state(flag)[1] == 0
	record(campaign, votes)
	for name, count in counts.items():
		doc = frappe.get_doc("PAR Award Proposal", name)
		assert (count["present"], count["for"]) == (doc.members_present, doc.votes_for)
		assert count["percent"] == pytest.approx(doc.vote_percent)
	assert (counts[flag]["passed"], counts[certificate]["passed"]) == (True, False)


def test_one_fault_and_nothing_is_written(with_council):
	campaign, flag, certificate = with_council
	votes = cast({certificate: ("For", "For"), flag: ("For", "For")})
	votes[flag]["votes"][f.APPRAISER_OF_A] = "For"
	frappe.db.savepoint("unwritten")  # a request that is refused is rolled back
	with pytest.raises(frappe.ValidationError, match=r"Department A.*row 3.*belongs to the unit"):
		record(campaign, votes)
	frappe.db.rollback(save_point="unwritten")
	assert state(certificate)[1] == state(flag)[1] == 0


def test_strangers_and_other_campaigns_are_named(with_council):
	campaign, flag, certificate = with_council
	with pytest.raises(frappe.ValidationError, match=r"Department A: outsider@.* is not a voting member"):
		record(campaign, {flag: {"votes": {f.OUTSIDER: "For"}}})
	f.step(frappe.get_doc("PAR Award Proposal", certificate), f.SECRETARY, "Draft")
	with pytest.raises(frappe.ValidationError, match="Department B.*not with the council"):
		record(campaign, cast({certificate: ("For", "For")}))
	with pytest.raises(frappe.ValidationError, match="at least one"):
		record(campaign, {})


def test_member_who_had_left_by_the_day_is_not_on_the_sheet(with_council):
	campaign, flag, _certificate = with_council
	f.set_campaign(campaign, council=f.council_with(campaign, f.APPRAISER, left_on="2023-12-10"))
	with f.as_user(f.SECRETARY):
		before, after = (meeting.sheet(campaign.name, day)["members"] for day in ("2023-12-09", DAY))
	assert len(before) == 3 and len(after) == 2
	with pytest.raises(frappe.ValidationError, match="not a voting member"):
		record(campaign, cast({flag: ("For", "For")}))


@pytest.mark.parametrize("user", [f.CHAIRMAN, f.AUDITOR, f.APPRAISER])
def test_only_the_secretary_writes(with_council, user):
	campaign, flag, _certificate = with_council
	with pytest.raises(frappe.PermissionError):
		record(campaign, cast({flag: ("For", "For")}), user)
	assert state(flag)[1] == 0


def test_units_see_no_sheet(with_council):
	campaign, flag, _certificate = with_council
	with f.as_user(f.HEAD_A):
		for ask in (
			lambda: meeting.sheet(campaign.name),
			lambda: meeting.tally(campaign.name, {flag: {"votes": {}}}),
			lambda: meeting.record(campaign.name, DAY, cast({flag: ("For", "For")})),
		):
			with pytest.raises(frappe.PermissionError):
				ask()


def test_secretary_does_not_write_for_their_own_unit(with_council):
	campaign, flag, certificate = with_council
	frappe.get_doc(
		doctype="User Permission",
		user=f.SECRETARY,
		allow="PAR Unit",
		for_value="TA",
		apply_to_all_doctypes=0,
		applicable_for="PAR Unit Scorecard",
	).insert()
	with f.as_user(f.SECRETARY):
		own = {row["name"]: row["own"] for row in meeting.sheet(campaign.name)["proposals"]}
	assert own == {flag: True, certificate: False}
	with pytest.raises(frappe.PermissionError, match="Department A"):
		record(campaign, cast({flag: ("For", "For")}))
	assert record(campaign, cast({certificate: ("For", "For")}))["passed"] == [certificate]


def test_of_a_secret_ballot_stands_who_was_there_and_how_many_were_for_it(with_council):
	campaign, flag, certificate = with_council
	with f.as_user(f.SECRETARY):
		counts = meeting.tally(campaign.name, secret(flag, (1, 1, 0)), DAY)
	assert (counts[flag]["for"], counts[flag]["against"], counts[flag]["passed"]) == (1, 1, False)
	assert record(campaign, secret(flag, (2, 0, 0)))["passed"] == [flag]
	doc = frappe.get_doc("PAR Award Proposal", flag)
	assert (doc.members_total, doc.members_present, doc.votes_for, doc.vote_percent) == (2, 2, 2, 100)
	assert {row.vote for row in doc.votes} == {"Present", "Recused"}
	f.step(doc, f.SECRETARY, "Submitted to Chairman")
	assert record(campaign, secret(certificate, (1, 0, 1)))["rest"] == [certificate]


@pytest.mark.parametrize(
	("cast_votes", "message"),
	[
		(((2, 1, 0),), "3 ballots are counted, but 2 members"),
		(((3, -1, 0),), "2 members were present"),
		(((2, 0, 0), "For"), "the ballot is secret"),
	],
)
def test_secret_ballots_that_cannot_be_are_refused(with_council, cast_votes, message):
	campaign, flag, _certificate = with_council
	with pytest.raises(frappe.ValidationError, match=f"Department A.*{message}"):
		record(campaign, secret(flag, *cast_votes))


def test_open_vote_says_how_each_voted(with_council):
	campaign, flag, _certificate = with_council
	with pytest.raises(frappe.ValidationError, match="the vote is open"):
		record(campaign, cast({flag: ("Present", "For")}))
	given = cast({flag: ("For", "For")})
	given[flag] |= {"secret_ballot": 0, "ballots_for": 7}
	record(campaign, given)
	assert state(flag)[2] == 2 and not frappe.db.get_value("PAR Award Proposal", flag, "ballots_for")


@pytest.mark.parametrize("values", [{"ballots_for": 9}, {"secret_ballot": 1}, {"meeting_date": "2023-12-21"}])
def test_meeting_and_ballots_are_the_secretarys_too(with_council, values):
	campaign, flag, _certificate = with_council
	record(campaign, secret(flag, (1, 1, 0)) if "ballots_for" in values else cast({flag: ("For", "For")}))
	with f.as_user(f.CHAIRMAN), pytest.raises(frappe.PermissionError, match="secretary"):
		frappe.get_doc("PAR Award Proposal", flag).update(values).save()


def test_what_is_held_gives_the_same_awards_as_working_them_out(with_council):
	campaign, flag, _certificate = with_council
	record(campaign, cast({flag: ("For", "For")}))
	with in_force.scored_once(campaign.name):
		f.step(frappe.get_doc("PAR Award Proposal", flag), f.SECRETARY, "Submitted to Chairman")
		_model, held, _waiting = in_force.ranked(campaign.name)
	_model, anew, _waiting = in_force.ranked(campaign.name)
	assert (held.awards, held.ranking, held.cards) == (anew.awards, anew.ranking, anew.cards)
