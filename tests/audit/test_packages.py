"""No package that this app brings has a known hole that a newer release mends.

pip-audit asks PyPI and, where PyPI does not know, OSV. Where neither can be asked the test is skipped and
says so: nothing was found then because nobody could look. What Frappe declares itself it pins, and mends by
its own releases: findings there are shown as warnings, for whoever updates the bench.
"""

import importlib.metadata
import json
import re
import subprocess
import sysconfig
import warnings
from collections.abc import Iterable

import pytest
from findings import Finding, Reason, reasons, run, unaccounted

SOURCES = ("pypi", "osv")


def audited() -> list[dict]:
	"""The packages beside this Python that a source of advisories knows, by the first that answers."""
	silent = []
	for source in SOURCES:
		packages, why = ask(source)
		if packages:
			return packages
		silent.append(f"{source}: {why}")
	pytest.skip("no source of advisories can be reached (" + "; ".join(silent) + ")")


def ask(source: str) -> tuple[list[dict], str]:
	"""What pip-audit learns from one source: the packages it knows, or why there are none."""
	words = ("--path", sysconfig.get_path("purelib"), "--skip-editable", "--progress-spinner", "off")
	try:
		done = run("pip-audit", "-s", source, "-f", "json", "--timeout", "15", *words)
	except subprocess.TimeoutExpired:
		return [], "no answer in time"
	return known(done.stdout) if done.stdout.strip() else ([], last_line(done.stderr))


def known(answer: str) -> tuple[list[dict], str]:
	packages = json.loads(answer)["dependencies"]
	found = [package for package in packages if "skip_reason" not in package]
	return found, "" if found else f"knows none of {len(packages)} packages"


def last_line(text: str) -> str:
	return (text.strip().splitlines() or ["no output"])[-1][:200]


def normal(name: str) -> str:
	return re.sub(r"[-_.]+", "-", name).lower()


def declared(package: str) -> set[str]:
	"""What an installed package asks for, extras aside."""
	try:
		listed = importlib.metadata.requires(package) or []
	except importlib.metadata.PackageNotFoundError:
		return set()
	return {normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in listed if "extra ==" not in line}


def brought_by_app() -> set[str]:
	"""Packages that are here for this app, without those whose version Frappe decides."""
	found, left, frappes = set(), declared("par_campaign"), declared("frappe")
	while left:
		name = left.pop()
		found.add(name)
		left |= declared(name) - found
	return found - frappes


def advisories(packages: Iterable[dict], ours: set[str]) -> tuple[list[Finding], list[Finding]]:
	"""Known holes that an update mends: in packages of ours, and in all others."""
	mine, others = [], []
	for package in packages:
		for hole in package["vulns"]:
			fixed = ", ".join(hole["fix_versions"])
			text = f"{package['version']}, mended in {fixed or 'no release yet'}"
			finding = Finding("pip-audit", hole["id"], package["name"], 0, text)
			is_mine = normal(package["name"]) in ours and fixed
			(mine if is_mine else others).append(finding)
	return mine, others


def test_no_package_of_ours_has_a_known_hole():
	mine, others = advisories(audited(), brought_by_app())
	for finding in others:
		warnings.warn(f"{finding.path} {finding.code} ({finding.rule})", stacklevel=1)
	# a reason for what is found no more does no harm here: another machine may have an older release
	complaints = [text for text in unaccounted(mine, reasons("pip-audit")) if "found no more" not in text]
	assert not complaints, "\n".join(complaints)


def test_an_empty_answer_is_not_taken_for_a_clean_one():
	answer = '{"dependencies": [{"name": "x", "skip_reason": "not found"}], "fixes": []}'
	assert known(answer) == ([], "knows none of 1 packages")


def test_a_hole_in_a_package_of_ours_is_a_complaint():
	hole = {"id": "PYSEC-0", "fix_versions": ["2.0"]}
	packages = [
		{"name": "Python_Docx", "version": "1.0", "vulns": [hole]},
		{"name": "requests", "version": "1.0", "vulns": [hole]},
		{"name": "openpyxl", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": []}]},
	]
	mine, others = advisories(packages, {"python-docx", "openpyxl"})
	assert [finding.path for finding in mine] == ["Python_Docx"]
	assert [finding.path for finding in others] == ["requests", "openpyxl"]
	assert unaccounted(mine, [])
	assert not unaccounted(mine, [Reason("pip-audit", "PYSEC-0", "Python_Docx", "an example")])


def test_the_apps_own_packages_are_known():
	if not declared("par_campaign"):
		pytest.skip("the app is not installed here: use ./test audit")
	assert {"python-docx", "defusedxml"} <= brought_by_app()
