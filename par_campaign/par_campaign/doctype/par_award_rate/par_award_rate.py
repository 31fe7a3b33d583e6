from par_campaign.par_campaign.our_document import OurDocument


class PARAwardRate(OurDocument):
	"""How many base salaries an award is worth from a day on."""
