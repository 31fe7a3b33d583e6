"""What the audit tells of: for each doctype its fields that decide on a number, a place or a right, by kind.

Frappe keeps each change of a document in a Version; the audit shows those of the fields named here. Rows of a
table are told by the fields that name them. `why` is the field whose text, changed in the same save, gives the reason.
"""

from dataclasses import dataclass, field

CLAIM, SCORE, STATE, DEADLINE = "Claim", "Score", "State", "Deadline"
COUNCIL, QUOTA, CLASS, TIE_BREAKER = "Council", "Quota", "Class", "Tie-breaker"
EXTERNAL, REVISION, EVIDENCE, QUESTION = "External value", "Criteria set", "Evidence", "Question"
VOTE, AWARD, PUBLICATION, RUNNING = "Vote", "Award", "Publication", "In the running"
UNIT, MEMBERSHIP, RULES, COMMENT = "Unit", "Membership", "Rules", "Comment"
REMOVAL, GAP = "Removal", "Break in history"
KINDS = (
	CLAIM, SCORE, STATE, DEADLINE, COUNCIL, QUOTA, CLASS, TIE_BREAKER, EXTERNAL, REVISION, EVIDENCE, QUESTION,
	VOTE, AWARD, PUBLICATION, RUNNING, UNIT, MEMBERSHIP, RULES, COMMENT, REMOVAL, GAP,
)  # fmt: skip


@dataclass(frozen=True)
class Table:
	"""Rows of a document: the kind of each field watched, what names a row, and where its reason stands."""

	fields: dict[str, str]
	named_by: tuple[str, ...]
	why: str = ""
	whole_rows: str = ""  # the kind of a row that is added or removed; none where rows cannot be


@dataclass(frozen=True)
class Watched:
	"""The fields of a doctype that are watched, and its tables. `why` gives the reason of a field."""

	fields: dict[str, str] = field(default_factory=dict)
	why: dict[str, str] = field(default_factory=dict)
	tables: dict[str, Table] = field(default_factory=dict)


def _all(kind: str, *fields: str) -> dict[str, str]:
	return dict.fromkeys(fields, kind)


def _rows(kind: str, named_by: str, *fields: str) -> Table:
	names = tuple(named_by.split())
	return Table(_all(kind, *names, *fields), names, whole_rows=kind)


SCORECARD = Watched(
	fields={
		"workflow_state": STATE,
		**_all(DEADLINE, "extended_deadline", "return_due", "late_days", "supplement_late_days"),
		**_all(RUNNING, "disqualified", "taken_out", "successor_unit"),
		**_all(SCORE, "self_index", "index_score", "band", "remark"),
		**_all(REVISION, "criteria_set"),
		**_all(AWARD, "award_level"),
		**_all(UNIT, "unit_name", "unit_group", "cluster"),
	},
	why={
		"workflow_state": "return_note",
		"extended_deadline": "extension_reason",
		"disqualified": "disqualified_reason",
		"taken_out": "disqualified_reason",
	},
	tables={
		"lines": Table(
			{
				**_all(CLAIM, "self_claim", "applicable", "self_score"),
				**_all(SCORE, "appraised_claim", "appraised_applicable", "appraised_score", "is_appraised"),
				**_all(EXTERNAL, "external_value"),
				**_all(REVISION, "maximum", "rule"),
			},
			("code", "title"),
			why="appraisal_note",
			whole_rows=REVISION,
		)
	},
)

WATCHED: dict[str, Watched] = {
	"PAR Campaign": Watched(
		fields={
			"workflow_state": STATE,
			**_all(
				DEADLINE,
				"self_scoring_from",
				"self_scoring_deadline",
				"late_hand_in",
				"supplement_deadline",
				"appraisal_deadline",
				"units_see_appraisal",
				"units_see_review",
				"review_from",
				"review_until",
			),
			**_all(RULES, "year", "vote_base"),
			**_all(PUBLICATION, "published_version", "published_result"),
		},
		why={"workflow_state": "correction_reason"},
		tables={
			"groups": _rows(RULES, "unit_group", "criteria_set"),
			"council": _rows(
				COUNCIL, "member_name user", "position", "votes", "appraises", "areas", "left_on"
			),
			"bands": _rows(CLASS, "label", "minimum"),
			"tie_breakers": _rows(TIE_BREAKER, "kind area"),
			"award_quotas": _rows(
				QUOTA,
				"award_level unit_group cluster",
				"per_cluster",
				"places",
				"minimum_index",
				"minimum_band",
				"evidence_complete",
				"vote_threshold",
			),
		},
	),
	"PAR Unit Scorecard": SCORECARD,
	# the appraisers' part of a scorecard's history stands under the name of its round
	"PAR Appraisal": SCORECARD,
	"PAR Evidence Item": Watched(
		fields=_all(EVIDENCE, "status", "title", "file", "reference", "sha256"),
		why={"status": "status_reason"},
	),
	"PAR Query": Watched(
		# asking and closing are read from the document itself: they are part of the scorecard's steps
		fields={**_all(QUESTION, "question", "answer"), "due": DEADLINE}
	),
	"PAR External Result": Watched(
		fields=_all(EXTERNAL, "docstatus", "criterion_code", "source", "document_number", "document_date"),
		tables={"external_values": _rows(EXTERNAL, "unit", "value")},
	),
	"PAR Award Proposal": Watched(
		fields={
			**_all(AWARD, "workflow_state", "award_level", "decision_number", "decision_date", "signatory"),
			**_all(AWARD, "rank", "index_score", "tie_note"),
			**_all(
				VOTE, "meeting_date", "secret_ballot", "ballots_for", "ballots_against", "ballots_invalid"
			),
			**_all(VOTE, "members_total", "members_present", "votes_for", "vote_percent", "vote_threshold"),
		},
		why={"workflow_state": "rejection_reason revocation_reason tie_note"},
		tables={"votes": _rows(VOTE, "member_name user", "vote", "note")},
	),
	"PAR Criteria Set": Watched(
		fields=_all(
			REVISION, "unit_group", "year", "bonus_position", "not_applicable", "bonus_cap", "deduction_cap"
		),
		tables={
			"criteria": _rows(
				REVISION,
				"code title",
				"maximum",
				"score_type",
				"rule",
				"demand",
				"may_not_apply",
				"auto_claim",
				"step",
				"options_text",
				"full_rate",
				"floor_rate",
				"per_occurrence",
				"formula",
				"inputs_text",
				"external_source",
				"external_scale",
			)
		},
	),
	"PAR Unit": Watched(fields=_all(UNIT, "unit_name", "unit_group", "cluster", "parent_unit", "disabled")),
	"PAR Unit Group": Watched(tables={"clusters": _rows(UNIT, "cluster_name")}),
	"PAR Award Level": Watched(
		fields=_all(AWARD, "precedence", "vote_threshold"),
		tables={"rates": _rows(AWARD, "valid_from", "coefficient", "confirmed")},
	),
	"PAR Base Salary": Watched(fields=_all(AWARD, "amount", "valid_from")),
}
# documents that are traces themselves: never changed, so that only their removal is to be told
KEPT = ("PAR Published Result", "PAR Set Revision", "PAR Notice", "PAR Document")
