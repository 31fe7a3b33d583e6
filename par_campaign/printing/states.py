"""Workflow states in the words of printed documents."""

from par_campaign.states import ProposalState, ScorecardState

# a state of the same text reads the same on a scorecard and on a proposal
_WORDS: dict[str, str] = {
	ProposalState.DRAFT: "Dự thảo",
	ProposalState.COUNCIL: "Hội đồng xét",
	ProposalState.SUBMITTED: "Đã trình Chủ tịch",
	ProposalState.AWARDED: "Đã khen thưởng",
	ProposalState.REJECTED: "Không khen thưởng",
	ProposalState.REVOKED: "Đã thu hồi",
	ScorecardState.SUBMITTED: "Đã nộp",
	ScorecardState.UNDER_APPRAISAL: "Đang thẩm định",
	ScorecardState.RETURNED: "Yêu cầu giải trình, bổ sung",
	ScorecardState.APPRAISED: "Đã thẩm định",
	ScorecardState.PROPOSED: "Đã đề nghị khen thưởng",
	ScorecardState.NOT_AWARDED: "Không khen thưởng",
}


def state_word(state: str) -> str:
	"""A state in Vietnamese; one that a site added itself stays as it is."""
	return _WORDS.get(state, state)
