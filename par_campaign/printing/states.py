"""Workflow states in the words of printed documents."""

_WORDS = {
	"Draft": "Dự thảo",
	"Council": "Hội đồng xét",
	"Submitted to Chairman": "Đã trình Chủ tịch",
	"Awarded": "Đã khen thưởng",
	"Rejected": "Không khen thưởng",
	"Revoked": "Đã thu hồi",
	"Submitted": "Đã nộp",
	"Under Appraisal": "Đang thẩm định",
	"Returned": "Yêu cầu giải trình, bổ sung",
	"Appraised": "Đã thẩm định",
	"Proposed": "Đã đề nghị khen thưởng",
	"Not Awarded": "Không khen thưởng",
}

CHOSEN = ("Submitted to Chairman", "Awarded")  # the council has voted for the proposal


def state_word(state: str) -> str:
	"""A state in Vietnamese; one that a site added itself stays as it is."""
	return _WORDS.get(state, state)
