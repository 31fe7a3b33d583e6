from par_campaign.par_campaign.guarded_row import GuardedRow


class PARAwardRate(GuardedRow):
	"""How many base salaries an award is worth from a day on."""
