"""`python -m par_campaign.cli` does what `par-campaign` does."""

import sys

from par_campaign.cli.command import main

if __name__ == "__main__":
	sys.exit(main())
