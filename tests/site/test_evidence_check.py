"""Before results are published, the file of every piece of evidence is held against what was handed in."""

import os
from pathlib import Path

import frappe
import pytest
import site_factories as f

from par_campaign.permissions import evidence_check, sealed

UNITS = ("TA", "TB", "TC", "TD")


def add_evidence(campaign, unit: str, title: str, content: str):
	with f.as_user(f.email(f"head.{unit[-1].lower()}")):
		file = frappe.get_doc(doctype="File", file_name=f"{unit}.txt", content=content, is_private=1).insert()
		return frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=f"{campaign.name}-{unit}",
			title=title,
			file=file.file_url,
			criteria=[{"code": "1.1.1"}],
		).insert()


def path_of(item) -> Path:
	name = frappe.get_all("File", {"file_url": item.file}, pluck="name", order_by="creation")[0]
	return Path(frappe.get_doc("File", name).get_full_path())


def rewrite(path: Path, content: bytes) -> None:
	"""As somebody with the disk does, to a file that is read-only."""
	path.unlink(missing_ok=True)
	path.write_bytes(content)


@pytest.fixture
def ready(appraising):
	"""A campaign ready to be published, its evidence by unit; A and B handed in a paper of the same content."""
	mark = frappe.generate_hash()  # else the bytes of another test would be shared
	items = {
		"TA": add_evidence(appraising, "TA", "Plan & budget of A", mark),
		"TB": add_evidence(appraising, "TB", "Plan of B", mark),
		"TC": add_evidence(appraising, "TC", "Plan of C", f"{mark} of C"),
		"TD": add_evidence(appraising, "TD", "Plan of D", f"{mark} of D"),
	}
	kept = {unit: (path_of(item.reload()), path_of(item).read_bytes()) for unit, item in items.items()}
	for unit in UNITS:
		f.appraise(appraising, unit)
	yield appraising, items, {unit: path for unit, (path, _content) in kept.items()}
	for path, content in kept.values():
		rewrite(path, content)


def publish(campaign):
	return f.step(campaign, f.MANAGER, "Results Published")


def test_whole_evidence_is_published(ready):
	campaign, _items, _paths = ready
	assert evidence_check.broken_evidence(campaign.name) == []
	assert publish(campaign).published_version == 1


def test_every_changed_and_missing_file_is_named_at_once(ready):
	campaign, items, paths = ready
	rewrite(paths["TC"], paths["TC"].read_bytes() + b".")
	paths["TD"].unlink()
	with pytest.raises(sealed.SealBroken) as refused:
		publish(campaign)
	said = str(refused.value)
	assert all(items[unit].name in said and items[unit].title in said for unit in ("TC", "TD"))
	assert items["TA"].name not in said and items["TB"].name not in said
	assert not frappe.db.exists("PAR Published Result", {"campaign": campaign.name})


def test_a_file_that_two_units_share_is_named_for_both_and_read_once(ready, monkeypatch):
	campaign, items, paths = ready
	for unit in ("TA", "TB"):
		rewrite(paths[unit], b"something else")
	read, reads = sealed.sha256_of, []
	monkeypatch.setattr(sealed, "sha256_of", lambda path: reads.append(path) or read(path))
	broken = evidence_check.broken_evidence(campaign.name)
	assert [item.name for item in broken] == [items["TA"].name, items["TB"].name]
	assert len(reads) == len(set(reads))


def test_what_was_read_is_read_again_only_after_a_write(ready, monkeypatch):
	campaign, items, paths = ready
	evidence_check.broken_evidence(campaign.name)
	read, reads = sealed.sha256_of, []
	monkeypatch.setattr(sealed, "sha256_of", lambda path: reads.append(path) or read(path))
	assert evidence_check.broken_evidence(campaign.name) == [] and reads == []
	before = paths["TC"].stat()
	paths["TC"].chmod(0o640)
	with paths["TC"].open("rb+") as file:
		file.write(b"!")  # as long as before, and its time set back
	os.utime(paths["TC"], ns=(before.st_atime_ns, before.st_mtime_ns))
	assert [item.name for item in evidence_check.broken_evidence(campaign.name)] == [items["TC"].name]
	assert reads == [paths["TC"]]


def test_a_hash_taken_off_the_record_does_not_pass(ready):
	campaign, items, _paths = ready
	frappe.db.set_value("PAR Evidence Item", items["TC"].name, "sha256", None)
	assert [item.name for item in evidence_check.broken_evidence(campaign.name)] == [items["TC"].name]


def test_names_in_the_message_are_text(ready):
	campaign, items, paths = ready
	paths["TA"].unlink()
	with pytest.raises(sealed.SealBroken, match="Plan &amp; budget of A"):
		evidence_check.require_whole_evidence(campaign.name)


def test_the_missing_steps_are_told_before_files_are_read(ready, monkeypatch):
	campaign, _items, paths = ready
	paths["TA"].unlink()
	f.step(f.card_of(campaign, "TB"), f.LEAD, "Under Appraisal")
	monkeypatch.setattr(sealed, "sha256_of", None)
	with pytest.raises(frappe.ValidationError, match="is not appraised yet"):
		publish(campaign)


def test_evidence_by_reference_alone_has_no_file_to_check(campaign):
	with f.as_user(f.HEAD_A):
		frappe.get_doc(
			doctype="PAR Evidence Item",
			scorecard=f"{campaign.name}-TA",
			title="On paper",
			reference="Shelf 3",
			criteria=[{"code": "1.1.1"}],
		).insert()
	assert evidence_check.broken_evidence(campaign.name) == []


def test_an_address_elsewhere_does_not_pass(ready):
	campaign, items, paths = ready
	frappe.db.set_value("PAR Evidence Item", items["TD"].name, "file", "https://example.com/plan.pdf")
	assert [item.name for item in evidence_check.broken_evidence(campaign.name)] == [items["TD"].name]
	assert os.path.exists(paths["TD"])
