from par_campaign.par_campaign.our_document import OurDocument


class PARFileFinding(OurDocument):
	"""A stored file that is not what was handed in, as the daily check found it; see audit/stored_files.py."""
