from par_campaign.par_campaign.guarded_row import GuardedRow


class PARGateName(GuardedRow):
	pass
