"""Kinds of documents: each has its makers, the desk offers it to its audience alone, and one more is one class more."""

import frappe
import pytest
import site_factories as f
from frappe.model.base_document import BaseDocument

from par_campaign import documents
from par_campaign.documents import makers, particulars
from par_campaign.permissions import audience
from par_campaign.printing import kinds
from par_campaign.printing.kinds import Audience, Kind, Place

DOCTYPE = "PAR Document"
ALWAYS = {"campaign", "kind", "unit", "status", "file", "made_by", "made_on", "error"}


def offered(user: str) -> dict[str, dict]:
	"""What the desk of a user is told of."""
	with f.as_user(user):
		bootinfo = frappe._dict()
		documents.tell_browser(bootinfo)
		return {kind["key"]: kind for kind in bootinfo.par_documents}


def formats_made(kind: type[Kind]) -> set[str]:
	"""The formats for which something has registered itself."""
	makers.load()
	found = {extension for key, extension in makers.FILES if key == kind.key}
	found |= {"pdf", "docx"} if kind.key in makers.BUILDERS else set()
	return found | (set(makers.JOINED) if kind.key in makers.BUNDLES else set())


@pytest.mark.parametrize("kind", kinds.every(), ids=lambda kind: kind.key)
def test_each_kind_has_its_makers(base, kind):
	assert set(kind.formats) == formats_made(kind)
	assert kind.label and kind.label == kind.label.strip()
	assert set(kind.places.values()) <= set(Audience)


def test_what_is_kept_is_an_option_of_the_document(base):
	options = frappe.get_meta(DOCTYPE).get_options("kind").split("\n")
	assert sorted(filter(None, options)) == sorted(kind.label for kind in kinds.kept())


def test_each_field_is_asked_by_some_kind_and_each_asked_is_a_field(base):
	fields = {
		df.fieldname
		for df in frappe.get_meta(DOCTYPE).fields
		if df.fieldtype not in frappe.model.no_value_fields
	}
	asked = {field for kind in kinds.every() for field in kind.fields()}
	assert asked | ALWAYS == fields


@pytest.mark.parametrize(
	("user", "whom"),
	[
		(f.LEAD, {Audience.PROVINCE, Audience.ALL}),
		(f.AUDITOR, {Audience.PROVINCE, Audience.ALL}),
		(f.HEAD_A, {Audience.UNITS, Audience.ALL}),
		(f.HOMELESS, {Audience.UNITS, Audience.ALL}),
		("Guest", set()),
	],
)
def test_who_is_in_an_audience(base, user, whom):
	with f.as_user(user):
		assert {each for each in Audience if audience.includes(each)} == whom
		for kind in kinds.every():
			if kind.audience not in whom:
				with pytest.raises(frappe.PermissionError):
					documents.download(kind.key, {"campaign": "any"}, kind.formats[0])


def test_the_desk_offers_each_its_own(base):
	province, unit = offered(f.LEAD), offered(f.HEAD_A)
	assert {"submission", "dossier", "reminder"} <= set(province) and not {"submission", "dossier"} & set(
		unit
	)
	assert unit["assignment"]["places"] == ["scorecard"] and province["assignment"]["places"] == ["campaign"]
	assert not offered("Guest")


def test_a_kind_of_a_key_that_is_taken_is_refused():
	with pytest.raises(ValueError, match="submission"):

		class Second(Kind):
			key = "submission"


# --- one more --------------------------------------------------------------------------------------------


@pytest.fixture
def poster():
	"""A new document: one class, and beside it what builds it."""

	class Poster(Kind):
		"""A list for the wall."""

		key, label = "poster", "Poster"
		audience = Audience.ALL
		places = {Place.CAMPAIGN: Audience.PROVINCE, Place.SCORECARD: Audience.UNITS}
		asks = ("contact", "venue")

	@makers.builds(Poster)
	def poster(filters):
		from par_campaign.documents import units

		return units.evidence(filters)

	@makers.offers(Poster)
	def usual(campaign):
		return {"venue": f"The hall of {campaign.title}"}

	yield Poster
	del kinds.REGISTERED[Poster.key]


def test_one_more_kind_is_one_class_more(campaign, poster, monkeypatch):
	card = f.card_of(campaign).name
	assert offered(f.LEAD)["poster"]["places"] == ["campaign"]
	assert offered(f.HEAD_A)["poster"]["places"] == ["scorecard"]
	assert formats_made(poster) == {"pdf", "docx"}
	for extension, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
		with f.as_user(f.HEAD_A):
			documents.check("poster", {"scorecard": card})
			documents.download("poster", {"scorecard": card}, extension)
			assert frappe.local.response.filecontent.startswith(begins)
	with f.as_user(f.HEAD_B), pytest.raises(frappe.PermissionError):
		documents.download("poster", {"scorecard": card}, "pdf")
	with f.as_user(f.LEAD), pytest.raises(frappe.ValidationError, match="poster as xlsx"):
		documents.download("poster", {"scorecard": card}, "xlsx")
	read = BaseDocument._validate_selects
	monkeypatch.setattr(BaseDocument, "_validate_selects", lambda doc: doc.doctype == DOCTYPE or read(doc))
	with f.as_user(f.LEAD):
		asked = particulars.ask("poster", campaign.name)
		assert asked["fields"] == ("contact", "venue")
		assert asked["values"]["venue"] == f"The hall of {campaign.title}"
		name = particulars.keep("poster", campaign.name, {"venue": "Room 2", "fund": "not asked"})
		kept = frappe.get_doc(DOCTYPE, name)
		assert (name, kept.venue, kept.fund) == (f"{campaign.name}-poster", "Room 2", None)


def test_a_kind_taken_out_again_is_gone(base):
	assert "poster" not in {kind.key for kind in kinds.every()}
	with f.as_user(f.LEAD), pytest.raises(frappe.ValidationError, match="no document poster"):
		documents.download("poster", {}, "pdf")


def test_what_takes_minutes_is_not_made_in_a_request(campaign):
	with f.as_user(f.LEAD), pytest.raises(frappe.ValidationError, match="in the background"):
		documents.download("dossier", {"campaign": campaign.name}, "pdf")
