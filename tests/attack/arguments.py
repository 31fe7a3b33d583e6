"""What an attacker puts into an argument: what it is meant for, about B's documents; or anything else."""

import inspect
import json
import random
from dataclasses import dataclass

from scene import Scene

HIDDEN_FIELDS = (
	"index_score", "appraised_score", "appraisal_note", "trace", "explanation", "payload", "votes", "vote",
	"phone", "api_key", "reset_password_key", "notes", "conclusion", "citation", "content", "subject",
)  # fmt: skip
REPORTS = (
	"PAR Rankings", "PAR Award Proposals", "PAR Campaign Progress", "PAR Evidence List", "PAR Unit Plan",
	"PAR Most Cut Criteria", "PAR Heat Map", "PAR Year On Year", "PAR Self Versus Appraised",
)  # fmt: skip
PATHS = (
	"/private/files/../../site_config.json",
	"/files/../../private/files/{}",
	"/private/files/./{}",
	"/private/files//{}",
	"../private/files/{}",
	"/private/files/../files/{}",
	"/private/files/{}",
	"site_config.json",
	"/etc/passwd",
	"file:///etc/passwd",
	"private/backups/x.sql.gz",
)
WRONG = (
	None, "", " ", "null", "None", "0", 0, -1, 10**12, -(10**12), 1.5, True, False, [], {}, [[]], [None],
	{"a": {"b": []}}, ["like", "%"], "%", "*", "'", '"', "{", "[", '{"broken', "[1,", '"text"', "NaN", 1e308,
	"x" * 20_000, "9" * 5_000, "\x00", "ă" * 500, "' or 1=1 -- ", "1) union select * from `__Auth` -- ",
	"name` from `tabUser` -- ", "../" * 12 + "etc/passwd", "<img src=x onerror=alert(1)>", "{{ 7*7 }}",
	"frappe.utils.password.get_decrypted_password", "__class__", "os.system", "2026-13-45", "Administrator",
	{"doctype": "User", "name": "Administrator"}, [{"doctype": "PAR Unit Scorecard"}], "\ud800".encode("utf-8", "replace").decode(),
)  # fmt: skip

DOCTYPES = {
	"doctype", "dt", "ref_doctype", "reference_doctype", "reference_type", "parenttype", "parent_doctype",
	"doc_type", "link_doctype", "document_type", "for_doctype", "attached_to_doctype", "doctype_name",
	"source_doctype", "target_doctype", "dt_name", "parent_type", "linked_doctype", "doctypes",
}  # fmt: skip
NAMES = {
	"name", "dn", "docname", "reference_name", "ref_docname", "parent", "document_name", "link_name", "docid",
	"file_name", "fid", "doc_name", "old", "key", "reference_docname", "source_name", "attached_to_name", "item",
	"note_name", "todo", "comment", "event", "document", "room", "title", "id", "docnames", "names", "items",
}  # fmt: skip
FIELDS = {"fieldname", "field", "fields", "filter_fields", "searchfield", "group_by", "order_by", "sort_by", "column", "based_on", "fieldnames", "aggregate_function_based_on", "label_fieldname", "title_field", "kanban_field", "columns", "or_fields", "pluck", "export_fields", "column_name"}  # fmt: skip
FILTERS = {"filters", "or_filters", "filter", "conditions", "current_filters", "export_filters", "additional_filters", "filters_json", "f"}  # fmt: skip
DOCUMENTS = {
	"doc",
	"docs",
	"args",
	"data",
	"values",
	"changes",
	"new_doc",
	"source",
	"self",
	"report",
	"kwargs",
}


@dataclass
class About:
	"""What one request is about."""

	doctype: str
	name: str
	scene: Scene
	rng: random.Random

	def filters(self):
		"""Filters about B's documents, by fields the attacker should not know."""
		field = self.rng.choice(HIDDEN_FIELDS)
		return self.rng.choice(
			[
				{"name": self.name},
				{"unit": "TB"},
				{
					"campaign": self.scene.words["campaign"],
					"unit": "TB",
					"scorecard": self.scene.words["scorecard"],
				},
				[[self.doctype, "name", "=", self.name]],
				[[self.doctype, field, ">", 0]],
				[[self.doctype, field, "like", "%"]],
				[["name", "like", "%"], [field, "is", "set"]],
				{field: ["!=", ""]},
				{"parent": self.scene.words["scorecard"]},
			]
		)

	def document(self, **values):
		"""B's document as a form would send it, with a change."""
		return {"doctype": self.doctype, "name": self.name, "owner": "x", "modified": "2020-01-01", **values}

	def fields(self):
		some = self.rng.sample(HIDDEN_FIELDS, 2)
		return self.rng.choice(
			[
				["*"],
				["name", *some],
				some,
				[f"`tab{self.doctype}`.`{some[0]}`"],
				["name", f"max({some[0]}) as m"],
			]
		)


def right(name: str, parameter: inspect.Parameter | None, about: About):
	"""A value that the argument is meant for."""
	rng, scene = about.rng, about.scene
	if name in DOCTYPES:
		return about.doctype if name != "doctypes" else json.dumps([about.doctype])
	if name in scene.words:
		return scene.words[name]
	if name in FIELDS:
		plural = name.endswith("s") and rng.random() < 0.8
		return json.dumps(about.fields()) if plural else rng.choice(HIDDEN_FIELDS)
	if name in FILTERS:
		value = about.filters()
		return json.dumps(value) if rng.random() < 0.6 else value
	if name in DOCUMENTS:
		value = about.document(remark="changed", explanation="changed", workflow_state="Draft")
		return json.dumps(value) if rng.random() < 0.6 else value
	if name in NAMES:
		return json.dumps([about.name]) if name in ("docnames", "names", "items") else about.name
	return _by_sort(name, parameter, about)


def _by_sort(name: str, parameter: inspect.Parameter | None, about: About):
	rng, scene = about.rng, about.scene
	if "url" in name or "path" in name or name in ("file", "filename", "library_file_name"):
		return path(about)
	if "report" in name:
		return rng.choice(REPORTS)
	if "user" in name or "email" in name or name in ("recipients", "assign_to", "owner", "for_value"):
		return rng.choice([scene.words["user"], json.dumps([scene.words["user"]])])
	if "role" in name:
		return rng.choice(["System Manager", "PAR Campaign Manager", json.dumps(["System Manager"])])
	if name in ("method", "cmd", "query", "action", "run_method", "fn"):
		return rng.choice(
			["frappe.client.get_list", "frappe.client.get_password", "submit", "Approve", "get_all"]
		)
	if "format" in name:
		return rng.choice(["Standard", "PAR Score Sheet", "PAR Award Proposal Sheet", "PDF"])
	return _by_type(parameter, about)


def _by_type(parameter: inspect.Parameter | None, about: About):
	text = str(parameter.annotation) if parameter else ""
	if "int" in text or "float" in text:
		return about.rng.choice([1, 20, 0])
	if "bool" in text:
		return 1
	if "dict" in text:
		return {"doctype": about.doctype, "name": about.name, "unit": "TB"}
	if "list" in text:
		return [about.name]
	return about.rng.choice([about.name, "TB", about.doctype, "%", "1", json.dumps([about.name])])


def wrong(rng: random.Random):
	return rng.choice(WRONG)


def path(about: About) -> str:
	address = about.rng.choice(about.scene.files)
	return about.rng.choice([address, *PATHS]).replace("{}", address.rpartition("/")[2])
