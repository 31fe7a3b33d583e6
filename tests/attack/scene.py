"""What the attack is about: two campaigns with words and numbers in B's documents that stand nowhere else.

Such a marker in an answer is a leak, whatever way it took. Each belongs to a secret; an actor may see some
of the secrets and none of the rest.
"""

from dataclasses import dataclass, field

import frappe
import site_factories as f
from site_browser import remove, restore_shared

from par_campaign.par_campaign.doctype.par_query import api as queries
from par_campaign.par_campaign.doctype.par_task import api as tasks

CARD, LINE = "PAR Unit Scorecard", "PAR Scorecard Line"
SUMMARY = "Summary of Achievements"

NOBODYS = "none"  # stands for a document where there is none of a doctype

# the secrets
UNIT = "unit"  # of unit B, for it and for the provincial roles
PLAN = "plan"  # how B shares out its work, for B alone
HIDDEN = "hidden"  # what unit A was given, before the campaign shows it
PERSON = "person"  # of one account
SITE = "site"  # what the site's administrator alone knows

OTHER_ROLE = "Other App User"


@dataclass(frozen=True)
class Actor:
	"""Who attacks, which secrets are not theirs, and what they may not change."""

	user: str
	secrets: frozenset[str]
	changes_nothing: bool = False  # of the campaign, in whatever unit
	own_unit: str | None = None
	sid: str = ""


UNITS_SECRETS = frozenset({UNIT, PLAN, HIDDEN, PERSON, SITE})
PROVINCES_SECRETS = frozenset({PLAN, PERSON, SITE})

ACTORS = (
	Actor(f.STAFF_A, UNITS_SECRETS, own_unit="TA"),
	Actor(f.HEAD_A, UNITS_SECRETS, own_unit="TA"),
	Actor(f.HOMELESS, UNITS_SECRETS, changes_nothing=True),
	Actor(f.AUDITOR, PROVINCES_SECRETS, changes_nothing=True),
	Actor(f.OUTSIDER, PROVINCES_SECRETS, changes_nothing=True),
	Actor(f.APPRAISER_OF_A, PROVINCES_SECRETS),
	Actor(f.LEAD, PROVINCES_SECRETS),
	Actor(f.SECRETARY, PROVINCES_SECRETS),
	Actor(f.CHAIRMAN, PROVINCES_SECRETS),
	Actor(f.MANAGER, PROVINCES_SECRETS),
	Actor("Guest", UNITS_SECRETS, changes_nothing=True),
)


@dataclass
class Scene:
	"""The documents that requests name, and the markers by secret."""

	targets: dict[str, list[str]] = field(default_factory=dict)  # doctype -> names
	files: list[str] = field(default_factory=list)  # addresses of B's files
	markers: dict[str, str] = field(default_factory=dict)  # marker -> secret
	words: dict[str, str] = field(default_factory=dict)  # name of an argument -> the document it means
	campaigns: list[str] = field(default_factory=list)

	def word(self, secret: str) -> str:
		"""A new text that is found nowhere else."""
		marker = f"zq{secret[0]}{len(self.markers):03d}kx"
		self.markers[marker] = secret
		return marker

	def number(self, secret: str) -> float:
		"""A new number that is found nowhere else; few fields hold more than 100."""
		value = round(61 + len(self.markers) * 0.07 + 0.00037, 5)
		self.markers[f"{value:.5f}"] = secret
		return value

	def mark(self, doctype: str, name: str, secret: str, *texts: str, numbers: tuple = ()) -> None:
		"""Put markers into a stored document, by the table: what forms would say to it is not asked."""
		values = {text: self.word(secret) for text in texts}
		values |= {number: self.number(secret) for number in numbers}
		frappe.db.set_value(doctype, name, values, update_modified=False)

	def add(self, doctype: str, name: str) -> None:
		self.targets.setdefault(doctype, []).append(name)


def make() -> Scene:
	frappe.set_user("Administrator")
	restore_shared()  # a run that was broken off has left its marks
	take_other_role()
	scene = Scene()
	_published(scene)
	_under_appraisal(scene)
	_beside_documents(scene)
	_accounts(scene)
	_everything_else(scene)
	frappe.db.commit()
	return scene


# --- the campaigns ------------------------------------------------------------------------------------


def _published(scene: Scene) -> None:
	"""A year that was published, with a claim of B's that only the whole result tells, and open votes."""
	campaign = f.begin_appraisal(f.launch(f.make_campaign(year=2029, title="Attacked, published")))
	scene.campaigns.append(campaign.name)
	scene.markers["93.1847"] = UNIT
	for unit in ("TA", "TB", "TC", "TD"):
		claims = {**f.FULL_CLAIMS, **({"2.1.1": "93.1847"} if unit == "TB" else {"1.1.3": "1"})}
		_appraise(campaign, unit, claims)
	f.step(campaign, f.MANAGER, "Results Published")
	scene.add("PAR Published Result", f"{campaign.name}-V1")
	_proposal(scene, campaign)


def _appraise(campaign, unit: str, claims: dict) -> None:
	card = f.step(f.hand_in(campaign, unit, claims), f.LEAD, "Under Appraisal")
	f.grant_all(card)
	f.step(card, f.LEAD, "Appraised")


def _proposal(scene: Scene, campaign) -> None:
	level = frappe.get_all("PAR Award Level", pluck="name", order_by="precedence")[0]
	with f.as_user(f.SECRETARY):
		proposal = frappe.get_doc(
			doctype="PAR Award Proposal",
			campaign=campaign.name,
			scorecard=f"{campaign.name}-TB",
			award_level=level,
		).insert()
		f.step(proposal, f.SECRETARY, "Council")
		proposal.reload().fill_council()
		for row in proposal.votes:
			row.vote = row.vote or "For"
		proposal.meeting_date = "2029-12-20"
		proposal.save()
	scene.mark(proposal.doctype, proposal.name, UNIT, "citation", "tie_note", "rejection_reason")
	for row in proposal.votes:
		scene.mark(row.doctype, row.name, UNIT, "note")
		scene.add(row.doctype, row.name)
	scene.add(proposal.doctype, proposal.name)
	scene.words["proposal"] = proposal.name


def _under_appraisal(scene: Scene) -> None:
	"""This year's: A and B appraised, and nothing of it shown yet."""
	campaign = f.begin_appraisal(f.launch(f.make_campaign(year=2030, title="Attacked, under appraisal")))
	scene.campaigns.append(campaign.name)
	_plan(scene, campaign)
	_evidence(scene, f.card_of(campaign, "TB"))
	for unit, secret in (("TA", HIDDEN), ("TB", UNIT)):
		card = f.step(f.hand_in(campaign, unit), f.LEAD, "Under Appraisal")
		f.grant_all(card)
		_mark_card(scene, card.reload(), secret)
	_queries(scene, f.card_of(campaign, "TB"))
	_round(scene, campaign)
	_external(scene, campaign)
	_document(scene, campaign)
	card = f.card_of(campaign, "TB")
	scene.add("PAR Campaign", campaign.name)
	scene.words |= {
		"campaign": campaign.name,
		"scorecard": card.name,
		"unit": "TB",
		"criteria_set": card.criteria_set,
	}


def _mark_card(scene: Scene, card, secret: str) -> None:
	"""Of A's own scorecard only the appraised part is a secret."""
	scene.mark(
		CARD, card.name, secret, "trace", "remark", "disqualified_reason", numbers=("index_score", "earned")
	)
	if secret == UNIT:
		scene.mark(CARD, card.name, UNIT, "return_note", "missing_evidence", numbers=("self_index",))
	for row in card.lines:
		scene.mark(LINE, row.name, secret, "appraisal_note", "trace", numbers=("appraised_score",))
		if secret == UNIT:
			scene.mark(LINE, row.name, UNIT, "explanation", "self_trace", numbers=("self_score",))
			scene.add(LINE, row.name)
	for row in card.areas:
		if secret == UNIT:
			scene.add(row.doctype, row.name)
	if secret == UNIT:
		scene.add(CARD, card.name)


def _plan(scene: Scene, campaign) -> None:
	card = f.card_of(campaign, "TB")
	with f.as_user(f.HEAD_B):
		tasks.save_divisions(card.name, [{"division_name": scene.word(UNIT), "head_user": f.STAFF_B}])
		title, notes = scene.word(PLAN), scene.word(PLAN)
		name = tasks.share_out(card.name, ["1.1.1"], title, "2099-06-20", person=f.STAFF_B, notes=notes)
	scene.add("PAR Task", name)
	scene.words["task"] = name
	for row in frappe.get_doc("PAR Task", name).rows:
		scene.add(row.doctype, row.name)
	scene.add("PAR Unit", "TB")
	scene.mark("PAR Unit", "TB", UNIT, "phone", "address")


def _evidence(scene: Scene, card) -> None:
	with f.as_user(f.STAFF_B):
		file = frappe.get_doc(
			doctype="File", file_name="attacked-plan.txt", content=scene.word(UNIT), is_private=1
		).insert()
		item = frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=card.name,
			title="Plan",
			file=file.file_url,
			criteria=[{"code": "1.1.1"}],
		).insert()
	scene.mark(
		item.doctype, item.name, UNIT, "title", "document_number", "issuer", "reference", "status_reason"
	)
	scene.add(item.doctype, item.name)
	scene.add("PAR Evidence Criterion", item.criteria[0].name)
	scene.words["evidence"] = item.name
	_add_file(scene, file.name)


def _add_file(scene: Scene, name: str) -> None:
	scene.add("File", name)
	scene.files.append(frappe.db.get_value("File", name, "file_url"))


def _queries(scene: Scene, card) -> None:
	with f.as_user(f.APPRAISER):
		name = queries.ask(card.name, "1.1.3", scene.word(UNIT))
	scene.mark("PAR Query", name, UNIT, "answer", "outcome")
	scene.add("PAR Query", name)
	scene.words["query_name"] = name


def _round(scene: Scene, campaign) -> None:
	"""The closed round of the year before, as if it were this year's and hidden still."""
	name = frappe.db.get_value("PAR Appraisal", {"unit": "TB", "campaign": scene.campaigns[0]})
	appraisal = frappe.get_doc("PAR Appraisal", name)
	values = {"campaign": campaign.name, "scorecard": f"{campaign.name}-TB"}
	frappe.db.set_value(appraisal.doctype, name, values, update_modified=False)
	scene.mark(appraisal.doctype, name, UNIT, "conclusion", numbers=("index_score", "index_before"))
	for row in appraisal.changes:
		scene.mark(row.doctype, row.name, UNIT, "note", "trace", numbers=("score",))
		scene.add(row.doctype, row.name)
	scene.add(appraisal.doctype, name)


def _external(scene: Scene, campaign) -> None:
	result = frappe.get_doc(
		doctype="PAR External Result",
		campaign=campaign.name,
		criterion_code="3.1",
		source="SIPAS",
		document_number="1/BC",
		document_date="2030-11-01",
		external_values=[{"unit": "TB", "value": 70}],
	).insert()
	scene.mark(result.doctype, result.name, UNIT, "document_number")
	scene.mark("PAR External Value", result.external_values[0].name, UNIT, "note", numbers=("value",))
	scene.add(result.doctype, result.name)
	scene.add("PAR External Value", result.external_values[0].name)


def _document(scene: Scene, campaign) -> None:
	document = frappe.get_doc(doctype="PAR Document", campaign=campaign.name, kind=SUMMARY, unit="TB")
	document.insert()
	scene.mark(document.doctype, document.name, UNIT, "achievements", "features", "error")
	scene.add(document.doctype, document.name)


# --- beside the documents ------------------------------------------------------------------------------


def _beside_documents(scene: Scene) -> None:
	card = scene.words["scorecard"]
	beside = [
		(
			"Comment",
			UNIT,
			{"comment_type": "Comment", "reference_doctype": CARD, "reference_name": card},
			"content",
		),
		("Version", UNIT, {"ref_doctype": CARD, "docname": card}, "data"),
		(
			"Communication",
			UNIT,
			{
				"communication_type": "Communication",
				"reference_doctype": CARD,
				"reference_name": card,
				"subject": "x",
			},
			"content",
		),
		("Deleted Document", UNIT, {"deleted_doctype": CARD, "deleted_name": "gone"}, "data"),
		(
			"ToDo",
			PLAN,
			{"allocated_to": f.STAFF_B, "reference_type": "PAR Task", "reference_name": scene.words["task"]},
			"description",
		),
		(
			"Notification Log",
			PERSON,
			{
				"for_user": f.STAFF_B,
				"from_user": f.HEAD_B,
				"document_type": CARD,
				"document_name": card,
				"type": "Alert",
			},
			"subject",
		),
	]
	for doctype, secret, values, text in beside:
		value = (
			f'{{"changed": [["x", "", "{scene.word(secret)}"]]}}' if text == "data" else scene.word(secret)
		)
		doc = frappe.get_doc(doctype=doctype, **values, **{text: value})
		doc.db_insert()
		scene.add(doctype, doc.name)
	with f.as_user(f.STAFF_B):
		upload = frappe.get_doc(
			doctype="File", file_name="attacked-upload.txt", content=scene.word(PERSON), is_private=1
		).insert()
	_add_file(scene, upload.name)


def _accounts(scene: Scene) -> None:
	for user in (f.HEAD_B, f.STAFF_B):
		scene.mark("User", user, PERSON, "phone", "mobile_no", "api_key", "reset_password_key")
		scene.add("User", user)
	for key in ("db_password", "encryption_key"):
		if secret := frappe.conf.get(key):
			scene.markers[secret] = SITE
	scene.words |= {"user": f.HEAD_B, "email": f.HEAD_B, "for_user": f.HEAD_B}


def _everything_else(scene: Scene) -> None:
	"""Every other doctype of ours is asked for, too, by a document where it has one."""
	for doctype in frappe.get_all("DocType", {"module": "PAR Campaign"}, pluck="name", order_by="name"):
		if doctype not in scene.targets:
			names = (
				[]
				if frappe.get_meta(doctype).issingle
				else frappe.get_all(doctype, pluck="name", limit=1, order_by="name")
			)
			scene.targets[doctype] = names or [NOBODYS]


# --- other apps' users ----------------------------------------------------------------------------------


def give_other_role() -> None:
	"""Each actor gets a role of another app, which takes them out of the gate."""
	if not frappe.db.exists("Role", OTHER_ROLE):
		frappe.get_doc(doctype="Role", role_name=OTHER_ROLE, desk_access=1).insert()
	for actor in ACTORS:
		if actor.user != "Guest":
			frappe.get_doc("User", actor.user).add_roles(OTHER_ROLE)
	frappe.db.commit()
	frappe.clear_cache()


def take_other_role() -> None:
	frappe.db.delete("Has Role", {"role": OTHER_ROLE})
	frappe.delete_doc_if_exists("Role", OTHER_ROLE, force=True)
	frappe.db.commit()
	frappe.clear_cache()


def clear(scene: Scene) -> None:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	for name in scene.campaigns:
		remove(name)
	for name in scene.targets.get("File", ()):  # with their bytes
		frappe.delete_doc("File", name, force=True, ignore_missing=True, delete_permanently=True)
	# by the tables, because traces go no other way
	for doctype in ("Comment", "Version", "Communication", "Deleted Document", "ToDo", "Notification Log"):
		names = scene.targets.get(doctype) or [NOBODYS]
		frappe.db.delete(doctype, {"name": ("in", names)})
	restore_shared()
	frappe.db.commit()
	frappe.clear_cache()
