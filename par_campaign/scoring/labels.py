"""The fixed words of the workbooks: Vietnamese for the data model's choices, both ways.

They are part of the file format, so they are not translated to the user's language.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from par_campaign.scoring.kinds import kind_of
from par_campaign.scoring.kinds.yes_no import NO_WORD, YES_WORD
from par_campaign.scoring.model import (
	BonusPosition,
	EvidenceDemand,
	NotApplicableMode,
	RuleKind,
	ScoreType,
	Selection,
	TieBreak,
	VoteBase,
)

Choice = TypeVar("Choice", bound=Enum)

_WORDS: dict[type[Enum], dict[Enum, str]] = {
	ScoreType: {
		ScoreType.NORMAL: "Điểm chuẩn",
		ScoreType.BONUS: "Điểm thưởng",
		ScoreType.DEDUCTION: "Điểm trừ",
	},
	RuleKind: {kind: kind_of(kind).word for kind in RuleKind},
	BonusPosition: {
		BonusPosition.AFTER: "Sau khi tính chỉ số",
		BonusPosition.BEFORE: "Trước khi tính chỉ số",
	},
	NotApplicableMode: {
		NotApplicableMode.RESCALE: "Trừ khỏi điểm tối đa",
		NotApplicableMode.GRANT: "Cho đủ điểm",
	},
	EvidenceDemand: {
		EvidenceDemand.NONE: "Không yêu cầu",
		EvidenceDemand.EXPLANATION: "Giải trình",
		EvidenceDemand.EVIDENCE: "Tài liệu kiểm chứng",
		EvidenceDemand.EITHER: "Tài liệu kiểm chứng hoặc giải trình",
		EvidenceDemand.BOTH: "Tài liệu kiểm chứng và giải trình",
	},
	TieBreak: {
		TieBreak.AREA: "Lĩnh vực cao hơn",
		TieBreak.BONUS: "Điểm thưởng nhiều hơn",
		TieBreak.DEDUCTION: "Điểm trừ ít hơn",
		TieBreak.ACCURACY: "Chênh lệch giữa tự chấm và thẩm định ít hơn",
	},
	VoteBase: {
		VoteBase.PRESENT: "Thành viên có mặt",
		VoteBase.ALL: "Toàn thể thành viên",
	},
	Selection: {
		Selection.QUALIFIED: "Trong chỉ tiêu",
		Selection.TIED: "Bằng điểm ở ngưỡng, Hội đồng quyết định",
		Selection.BELOW: "Ngoài chỉ tiêu",
		Selection.NOT_ELIGIBLE: "Không đủ điều kiện",
		Selection.CONTINGENT: "Tùy Hội đồng quyết định ở hình thức cao hơn",
		Selection.HIGHER: "Đã đạt hình thức cao hơn",
	},
}


def word(choice: Enum) -> str:
	"""The Vietnamese word of a choice."""
	return _WORDS[type(choice)][choice]


def words(kind: type[Enum]) -> list[str]:
	"""All words of a kind of choice, in its order."""
	return [_WORDS[kind][choice] for choice in kind]


def choice(kind: type[Choice], text: str) -> Choice | None:
	"""The choice of that word (or of its English value), None if there is none."""
	folded = text.strip().casefold()
	for member in kind:
		if folded in (_WORDS[kind][member].casefold(), member.value.casefold()):
			return member
	return None


def flag(text: str) -> bool | None:
	"""Yes or no as people write it, None if it is neither."""
	folded = text.strip().casefold()
	if folded in ("có", "x", "1", "yes", "true", "đúng"):
		return True
	return False if folded in ("không", "0", "no", "false", "sai") else None


def flag_word(value: bool | None) -> str | None:
	"""Có or Không, None for neither."""
	return None if value is None else (YES_WORD if value else NO_WORD)
