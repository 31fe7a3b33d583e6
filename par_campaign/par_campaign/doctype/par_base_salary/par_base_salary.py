from par_campaign.par_campaign.our_document import OurDocument


class PARBaseSalary(OurDocument):
	"""Lương cơ sở from a day until another follows."""
