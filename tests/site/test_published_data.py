"""The data behind published results: a sealed file beside the database, checked whenever it is read."""

import os
import tarfile
from dataclasses import replace

import frappe
import pytest
import site_factories as f
from frappe.utils.backups import BackupGenerator
from site_browser import remove

from par_campaign import documents
from par_campaign.par_campaign.report.par_rankings import par_rankings
from par_campaign.patches.v0_1 import seal_published_data
from par_campaign.permissions import sealed
from par_campaign.results import in_force, payload, store
from par_campaign.scoring import digest

RESULT = "PAR Published Result"
UNITS = ("TA", "TB", "TC", "TD")


def publish(campaign):
	for unit in UNITS:
		f.appraise(campaign, unit)
	return f.step(campaign, f.MANAGER, "Results Published")


def version_of(campaign):
	return frappe.get_doc(RESULT, f"{campaign.name}-V1")


def path_of(version):
	return sealed.path_of(version.payload_sha256, **payload.PLACE)


@pytest.fixture
def published(appraising):
	return publish(appraising)


@pytest.fixture
def forgotten():
	"""Each request begins without what the one before has read."""

	def forget():
		frappe.local.par_payload = None

	forget()
	yield forget
	forget()


def test_the_file_is_the_campaign_as_published(published):
	version = version_of(published)
	assert payload.text_of(version) == digest.canonical_json(store.campaign(published.name))
	assert path_of(version).stat().st_size == version.payload_size
	assert sealed.sha256_of(path_of(version)) == version.payload_sha256


def test_no_field_holds_it(published):
	version = version_of(published)
	assert not version.meta.has_field("payload") and not frappe.db.has_column(RESULT, "payload")
	held = frappe.as_json(version.as_dict())
	assert "criteria_sets" not in held and len(held) < version.payload_size


def test_no_file_record_leads_to_it(published):
	assert not frappe.get_all("File", {"file_url": ("like", "%par_results%")}, order_by="name")


def test_a_backup_with_files_holds_it(published, tmp_path):
	tar = tmp_path / "private-files.tar"
	backup = BackupGenerator(
		frappe.conf.db_name, frappe.conf.db_name, "", backup_path_files=str(tmp_path / "files.tar")
	)
	backup.backup_path_private_files = str(tar)
	backup.backup_files()
	version = version_of(published)
	with tarfile.open(tar) as kept:
		(name,) = (name for name in kept.getnames() if name.endswith(path_of(version).name))
		content = kept.extractfile(name).read()
	assert "/par_results/" in name and content.decode() == payload.text_of(version)


def test_a_request_reads_it_once(published, forgotten, monkeypatch):
	reads = []
	read = sealed.read
	monkeypatch.setattr(sealed, "read", lambda *words, **more: reads.append(1) or read(*words, **more))
	with f.as_user(f.AUDITOR):
		documents.download("results", {"campaign": published.name}, "xlsx")
	assert reads == [1]


def test_who_asks_for_the_digest_alone_reads_no_file(published, forgotten, monkeypatch):
	monkeypatch.setattr(sealed, "read", None)  # a call would fail
	assert in_force.version_in_force(published.name).digest == version_of(published).digest
	with f.as_user(f.HEAD_A):
		assert len(par_rankings.execute({"campaign": published.name})[1]) == len(UNITS)


@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_a_missing_or_changed_file_is_refused_by_name(published, forgotten, harm):
	version = version_of(published)
	path, whole = path_of(version), payload.text_of(version).encode()
	os.chmod(path.parent, 0o755)
	path.unlink()
	if harm == "changed":
		path.write_bytes(whole.replace(b'"5"', b'"4"', 1))
	try:
		with f.as_user(f.AUDITOR):
			for ask in (
				lambda: documents.download("results", {"campaign": published.name, "version": 1}, "xlsx"),
				lambda: documents.download("ranking", {"campaign": published.name}, "pdf"),
			):
				frappe.clear_messages()
				with pytest.raises(sealed.SealBroken, match=version.name):
					ask()
				assert len(frappe.message_log) == 1
		with f.as_user(f.HEAD_A):  # ranks stand in the table
			assert par_rankings.execute({"campaign": published.name})[1]
	finally:
		path.unlink(missing_ok=True)
		sealed.seal(whole, **payload.PLACE)


def test_the_ranking_refuses_totals_that_are_missing_or_changed(published, forgotten):
	version = version_of(published)
	path = sealed.path_of(version.totals_sha256, **payload.PLACE_OF_TOTALS)
	whole = path.read_bytes()
	path.unlink()
	try:
		with f.as_user(f.AUDITOR), pytest.raises(sealed.SealBroken, match=version.name):
			par_rankings.execute({"campaign": published.name})
	finally:
		sealed.seal(whole, **payload.PLACE_OF_TOTALS)


def test_two_versions_of_the_same_data_rest_on_one_file(published):
	f.step(published, f.MANAGER, "Appraising", correction_reason="Wrong signatory")
	f.step(published, f.MANAGER, "Results Published")
	first, second = (frappe.get_doc(RESULT, f"{published.name}-V{n}") for n in (1, 2))
	assert first.superseded and first.payload_sha256 == second.payload_sha256


def test_more_than_a_packet_of_the_database_is_published(appraising, forgotten, monkeypatch):
	"""540 units of 60 rows fill the packet; these four do it by what they explain."""
	packet = frappe.db.sql("select @@max_allowed_packet")[0][0]
	read = store.campaign

	def wordy(name):
		model = read(name)
		lines = sum(len(card.lines) for card in model.cards)
		text = "ư" * (packet // (2 * lines) + 100_000)
		cards = [
			replace(card, lines=tuple(replace(line, explanation=text) for line in card.lines))
			for card in model.cards
		]
		return replace(model, cards=tuple(cards))

	monkeypatch.setattr(store, "campaign", wordy)
	publish(appraising)
	version = version_of(appraising)
	assert version.payload_size > 1.2 * packet
	_model, results, _waiting = in_force.ranked(appraising.name)
	assert results.digest == version.digest
	assert [row.unit for row in results.ranking] == [row.unit for row in version.rows]


# --- the patch, on what is committed: changing a table commits ---------------------------------------


@pytest.fixture(scope="module")
def committed(base):
	frappe.set_user("Administrator")
	campaign = f.begin_appraisal(f.launch(f.make_campaign(year=2033, title="Sealed")))
	publish(campaign)
	frappe.db.commit()
	yield campaign.name
	remove(campaign.name)


@pytest.fixture
def as_before(committed):
	"""The version as an older release kept it: the data in a column, no file named."""
	name = f"{committed}-V1"
	version = frappe.get_doc(RESULT, name)
	text = payload.text_of(version)
	frappe.db.sql_ddl("alter table `tabPAR Published Result` add column if not exists `payload` longtext")
	table = frappe.qb.DocType(RESULT)
	frappe.qb.update(table).set(table.payload, text).where(table.name == name).run()
	frappe.db.set_value(RESULT, name, {"payload_sha256": None, "payload_size": 0}, update_modified=False)
	frappe.db.commit()
	yield name, text
	frappe.db.sql_ddl("alter table `tabPAR Published Result` drop column if exists `payload`")
	frappe.cache.hdel("table_columns", f"tab{RESULT}")
	fields = {field: version.get(field) for field in ("payload_sha256", "payload_size")}
	frappe.db.set_value(RESULT, name, fields, update_modified=False)
	frappe.db.commit()


def test_the_patch_moves_the_data_and_drops_the_column(as_before, committed, forgotten):
	name, text = as_before
	before = frappe.db.get_value(RESULT, name, ["modified", "digest"])
	for _time in range(2):  # it may run again
		seal_published_data.execute()
		frappe.db.rollback()
		version = frappe.get_doc(RESULT, name)
		assert not frappe.db.has_column(RESULT, "payload")
		assert payload.text_of(version) == text and version.payload_size == len(text.encode())
		assert (version.modified, version.digest) == before
	assert in_force.ranked(committed)[1].digest == version.digest


def test_the_patch_drops_nothing_it_cannot_read_back(as_before, monkeypatch):
	monkeypatch.setattr(payload, "text_of", lambda version: "something else")
	with pytest.raises(ValueError, match=as_before[0]):
		seal_published_data.execute()
	frappe.db.rollback()
	assert frappe.db.has_column(RESULT, "payload")
