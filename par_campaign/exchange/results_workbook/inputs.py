"""The sheets of a results workbook that state what was put in: all that a recount starts from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from par_campaign.exchange.results_workbook.parts import Part
from par_campaign.exchange.xlsx.tables import Column, Entry, Table, shown
from par_campaign.scoring.labels import flag_word, word
from par_campaign.scoring.model import (
	Band,
	Campaign,
	Card,
	CriteriaSet,
	Criterion,
	Heading,
	Line,
	LineResult,
	Option,
	Proposal,
	Quota,
	Results,
	Rule,
	TieBreaker,
	Tier,
	Vote,
)

FORMAT_VERSION = 2

INFO, SETTINGS, CRITERIA, UNITS = "Thông tin", "Quy định", "Bộ tiêu chí", "Đơn vị"
POINTS, PROPOSALS, EVIDENCE = "Điểm", "Đề nghị khen thưởng", "Minh chứng"
PUBLISHED_PROPOSALS = "Đề nghị khi công bố"

# Keys of the information sheet; "meta." and "evidence" rows come from the caller.
META = "meta."
PUBLISHED_DIGEST = "published_digest"

INFO_COLUMNS = (
	Column("key", "Khóa", 18),
	Column("label", "Mục", 32, wording=True),
	Column("value", "Giá trị", 90),
)

_META_LABELS = {
	"plan_number": "Kế hoạch số",
	"plan_date": "Ngày ban hành kế hoạch",
	"province": "Tỉnh, thành phố",
	"parent": "Cơ quan chủ quản",
	"issuer": "Cơ quan ban hành",
	"place": "Nơi ban hành",
	"symbol": "Ký hiệu văn bản",
	"signatory_authority": "Thẩm quyền ký",
	"signatory_title": "Chức vụ người ký",
	"signatory_name": "Người ký",
	"version": "Lần công bố",
	"published_at": "Thời điểm công bố",
	PUBLISHED_DIGEST: "Mã kiểm chứng của lần công bố",
	"correction_reason": "Lý do đính chính",
	"not_handed_in": "Đơn vị chưa nộp phiếu",
	"exported_at": "Thời điểm xuất",
	"exported_by": "Người xuất",
	"program": "Phần mềm",
}


def info_table(
	campaign: Campaign, results: Results, meta: Mapping[str, str], unit_sheets: bool = False
) -> Table:
	"""Campaign, digest and what the caller adds (`meta`: key to text)."""

	def records() -> Iterator[Sequence[Entry]]:
		yield "format", "Phiên bản định dạng", FORMAT_VERSION
		yield "name", "Mã chiến dịch", campaign.name
		yield "title", "Tên chiến dịch", campaign.title
		yield "year", "Năm", campaign.year
		yield "vote_base", "Tỷ lệ biểu quyết tính trên", word(campaign.vote_base)
		yield "unit_sheets", "Có trang của từng đơn vị", flag_word(unit_sheets)
		yield "digest", "Mã kiểm chứng kết quả (digest)", results.digest
		for key, text in meta.items():
			yield META + key, _META_LABELS.get(key, key), text

	return Table(INFO, "THÔNG TIN CHIẾN DỊCH", INFO_COLUMNS, records, campaign.title, portrait=True)


def _record(columns: Sequence[Column], **fields: Entry) -> list[Entry]:
	record = [fields.pop(column.key, None) for column in columns]
	assert not fields, fields
	return record


SETTINGS_COLUMNS = (
	Column("kind", "Loại", 18),
	Column("label", "Tên", 32),
	Column("minimum", "Chỉ số từ", 10, "number"),
	Column("area", "Lĩnh vực", 10),
	Column("precedence", "Thứ bậc", 8, "number"),
	Column("group", "Nhóm", 20),
	Column("cluster", "Cụm", 20),
	Column("count", "Số lượng", 8, "number"),
	Column("per_cluster", "Mỗi cụm", 8, "centre"),
	Column("minimum_index", "Chỉ số tối thiểu", 10, "number"),
	Column("minimum_band", "Xếp loại tối thiểu", 14),
	Column("evidence_complete", "Đủ minh chứng", 10, "centre"),
	Column("threshold", "Tỷ lệ phiếu (%)", 10, "number"),
)
BAND_ROW, TIE_BREAKER_ROW, QUOTA_ROW = "Mức xếp loại", "Tiêu chí phụ", "Chỉ tiêu"
BAND = Part(Band, SETTINGS_COLUMNS)
TIE_BREAKER = Part(TieBreaker, SETTINGS_COLUMNS, kind="label")
QUOTA = Part(Quota, SETTINGS_COLUMNS, level="label")


def settings_table(campaign: Campaign) -> Table:
	"""Classes, tie-breakers in order, award quotas."""

	def records() -> Iterator[Sequence[Entry]]:
		for band in campaign.bands:
			yield _record(SETTINGS_COLUMNS, kind=BAND_ROW, **BAND.entries(band))
		for breaker in campaign.tie_breakers:
			yield _record(SETTINGS_COLUMNS, kind=TIE_BREAKER_ROW, **TIE_BREAKER.entries(breaker))
		for quota in campaign.quotas:
			yield _record(SETTINGS_COLUMNS, kind=QUOTA_ROW, **QUOTA.entries(quota))

	return Table(SETTINGS, "QUY ĐỊNH XẾP LOẠI, XẾP HẠNG, KHEN THƯỞNG", SETTINGS_COLUMNS, records)


CRITERIA_COLUMNS = (
	Column("set", "Bộ tiêu chí", 16),
	Column("kind", "Loại dòng", 12),
	Column("code", "STT", 8),
	Column("title", "Lĩnh vực / Tiêu chí / Tiêu chí thành phần", 70),
	Column("maximum", "Điểm tối đa", 9, "number"),
	Column("points", "Điểm", 8, "number"),
	Column("score_type", "Loại điểm", 12),
	Column("rule", "Cách chấm", 16),
	Column("step", "Bước điểm", 8, "number"),
	Column("full", "Đạt tối đa từ (%)", 9, "number"),
	Column("floor", "Tối thiểu (%)", 9, "number"),
	Column("per_occurrence", "Điểm mỗi lần", 9, "number"),
	Column("formula", "Công thức", 24),
	Column("scale", "Thang điểm nguồn", 9, "number"),
	Column("source", "Nguồn kết quả", 18),
	Column("demand", "Yêu cầu minh chứng", 18),
	Column("may_not_apply", "Có thể không áp dụng", 10, "centre"),
	Column("auto", "Tự động", 10),
	Column("low", "Từ (%)", 8, "number"),
	Column("low_inclusive", "Kể cả mức từ", 8, "centre"),
	Column("high", "Đến (%)", 8, "number"),
	Column("high_inclusive", "Kể cả mức đến", 8, "centre"),
	Column("bonus_position", "Cộng, trừ điểm", 16),
	Column("not_applicable", "Không áp dụng thì", 16),
	Column("bonus_cap", "Trần điểm thưởng", 9, "number"),
	Column("deduction_cap", "Trần điểm trừ", 9, "number"),
)
SET_ROW, CRITERION_ROW, OPTION_ROW, TIER_ROW, INPUT_ROW = "Bộ", "Tiêu chí", "Đáp án", "Mức", "Số liệu"
SET = Part(CriteriaSet, CRITERIA_COLUMNS, name="set")
CRITERION = Part(Heading, CRITERIA_COLUMNS)
RULE = Part(Rule, CRITERIA_COLUMNS, kind="rule")
OPTION = Part(Option, CRITERIA_COLUMNS, label="title")
TIER = Part(Tier, CRITERIA_COLUMNS)


def criteria_table(sets: Sequence[CriteriaSet]) -> Table:
	"""Sets, their rows, and under each leaf its answers, bands and stated numbers."""

	def records() -> Iterator[Sequence[Entry]]:
		for criteria_set in sets:
			yield _record(CRITERIA_COLUMNS, kind=SET_ROW, **SET.entries(criteria_set))
			for criterion in criteria_set.criteria:
				for fields in _criterion_rows(criterion):
					yield _record(CRITERIA_COLUMNS, set=criteria_set.name, **fields)

	return Table(CRITERIA, "BỘ TIÊU CHÍ", CRITERIA_COLUMNS, records)


def _criterion_rows(criterion: Criterion) -> Iterator[dict[str, Entry]]:
	fields = CRITERION.entries(criterion)
	fields |= {"kind": CRITERION_ROW, "maximum": criterion.stated_maximum}
	rule = criterion.rule
	if rule is None:
		yield fields
		return
	yield fields | RULE.entries(rule)
	for option in rule.options:
		yield {"kind": OPTION_ROW, **OPTION.entries(option)}
	for tier in rule.tiers:
		yield {"kind": TIER_ROW, **TIER.entries(tier)}
	for name, label in rule.inputs:
		yield {"kind": INPUT_ROW, "formula": name, "title": label}


UNIT_COLUMNS = (
	Column("unit", "Mã đơn vị", 14),
	Column("unit_name", "Tên đơn vị", 44),
	Column("group", "Nhóm", 22),
	Column("cluster", "Cụm", 22),
	Column("criteria_set", "Bộ tiêu chí", 18),
	Column("state", "Trạng thái phiếu", 18),
	Column("appraised", "Đã thẩm định", 10, "centre"),
	Column("disqualified", "Lý do không xét", 40),
)
CARD = Part(Card, UNIT_COLUMNS)


def units_table(campaign: Campaign) -> Table:
	"""The units and how their scorecards stand."""

	def records() -> Iterator[Sequence[Entry]]:
		for card in campaign.cards:
			yield _record(UNIT_COLUMNS, **CARD.entries(card))

	return Table(UNITS, "DANH SÁCH ĐƠN VỊ", UNIT_COLUMNS, records)


POINTS_COLUMNS = (
	Column("unit", "Mã đơn vị", 12),
	Column("code", "STT", 8),
	Column("title", "Tiêu chí thành phần", 44),
	Column("line", "Có trong phiếu", 8, "centre"),
	Column("applicable", "Đơn vị: áp dụng", 9, "centre"),
	Column("appraised_applicable", "Thẩm định: áp dụng", 9, "centre"),
	Column("claim", "Đơn vị tự chấm", 20),
	Column("appraised_claim", "Kết quả thẩm định", 20),
	Column("external", "Kết quả bên ngoài", 10, "number"),
	Column("has_evidence", "Có minh chứng", 9, "centre"),
	Column("explanation", "Giải trình của đơn vị", 40),
	Column("note", "Ý kiến thẩm định", 40),
	Column("claimed_by", "Người tự chấm", 20),
	Column("appraised_by", "Người thẩm định", 20),
	Column("maximum", "Điểm tối đa", 9, "points"),
	Column("counts", "Được tính", 8, "centre"),
	Column("self_points", "Điểm tự chấm", 9, "points"),
	Column("points", "Điểm đạt được", 9, "points"),
	Column("self_trace", "Diễn giải điểm tự chấm", 50, wording=True),
	Column("trace", "Diễn giải điểm đạt được", 50, wording=True),
)
LINE = Part(Line, POINTS_COLUMNS)


def points_table(campaign: Campaign, results: Results) -> Table:
	"""Every leaf of every unit: what was stated and what follows from it."""
	titles = {s.name: {c.code: c.title for c in s.criteria} for s in campaign.criteria_sets}

	def records() -> Iterator[Sequence[Entry]]:
		for card in campaign.cards:
			names = titles.get(card.criteria_set, {})
			outcome = results.cards[card.unit].lines if card.unit in results.cards else {}
			for line, stated in _lines(card, outcome):
				yield _record(
					POINTS_COLUMNS,
					unit=card.unit,
					title=names.get(line.code, ""),
					line=flag_word(stated),
					**LINE.entries(line),
					**_outcome(outcome.get(line.code)),
				)

	return Table(POINTS, "ĐIỂM TỪNG TIÊU CHÍ CỦA CÁC ĐƠN VỊ", POINTS_COLUMNS, records)


def _lines(card: Card, outcome: Mapping[str, LineResult]) -> Iterator[tuple[Line, bool]]:
	"""The card's lines, then a blank one for each leaf it says nothing on."""
	yield from ((line, True) for line in card.lines)
	present = {line.code for line in card.lines}
	yield from ((Line(code), False) for code in outcome if code not in present)


def _outcome(result: LineResult | None) -> dict[str, Entry]:
	if result is None:
		return {}
	return {
		"maximum": shown(result.maximum),
		"counts": flag_word(result.applicable),
		"self_points": shown(result.self_points),
		"points": shown(result.points),
		"self_trace": result.self_trace,
		"trace": result.trace,
	}


PROPOSAL_COLUMNS = (
	Column("unit", "Mã đơn vị", 14),
	Column("unit_name", "Tên đơn vị", 44),
	Column("level", "Hình thức khen thưởng", 32),
	Column("state", "Trạng thái", 22),
	Column("members", "Tổng số thành viên", 10, "number"),
	Column("present", "Có mặt", 9, "number"),
	Column("in_favour", "Số phiếu đồng ý", 9, "number"),
	Column("decision_number", "Quyết định số", 18),
	Column("decision_date", "Ngày quyết định", 14),
)
PROPOSAL = Part(Proposal, PROPOSAL_COLUMNS)
VOTE = Part(Vote, PROPOSAL_COLUMNS)


def proposals_table(campaign: Campaign) -> Table:
	"""Award proposals with the council's votes."""
	return _proposals(campaign, campaign.proposals, PROPOSALS, "ĐỀ NGHỊ KHEN THƯỞNG")


def published_table(campaign: Campaign, published: Sequence[Proposal]) -> Table:
	"""Award proposals as they stood when the results were published; the published digest is of these."""
	return _proposals(campaign, published, PUBLISHED_PROPOSALS, "ĐỀ NGHỊ KHEN THƯỞNG LÚC CÔNG BỐ KẾT QUẢ")


def _proposals(campaign: Campaign, proposals: Sequence[Proposal], sheet: str, title: str) -> Table:
	names = {card.unit: card.unit_name for card in campaign.cards}

	def records() -> Iterator[Sequence[Entry]]:
		for proposal in proposals:
			yield _record(
				PROPOSAL_COLUMNS,
				unit_name=names.get(proposal.unit, ""),
				**PROPOSAL.entries(proposal),
				**(VOTE.entries(proposal.vote) if proposal.vote else {}),
			)

	return Table(sheet, title, PROPOSAL_COLUMNS, records)


EVIDENCE_COLUMNS = (
	Column("unit", "Mã đơn vị", 14),
	Column("codes", "Tiêu chí", 16),
	Column("number", "Số, ký hiệu", 18),
	Column("date", "Ngày", 12),
	Column("issuer", "Cơ quan ban hành", 28),
	Column("title", "Trích yếu", 60),
	Column("sha256", "SHA-256", 40),
	Column("status", "Kết quả kiểm tra", 16),
	Column("reason", "Lý do", 30),
)


def evidence_table(evidence: Sequence[Mapping[str, str]]) -> Table:
	"""The evidence list; each item has texts by the columns' keys, those it lacks stay empty."""

	def records() -> Iterator[Sequence[Entry]]:
		for item in evidence:
			if any(item.values()):  # a blank row would not be there when the sheet is read
				yield [item.get(column.key, "") for column in EVIDENCE_COLUMNS]

	return Table(EVIDENCE, "DANH MỤC TÀI LIỆU KIỂM CHỨNG", EVIDENCE_COLUMNS, records)
