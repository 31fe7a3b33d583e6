from par_campaign.par_campaign.our_document import OurDocument


class PARNotice(OurDocument):
	pass
