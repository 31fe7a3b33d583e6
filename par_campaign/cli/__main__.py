"""`python -m par_campaign.cli` does what `par-campaign` does."""

import sys

from par_campaign.cli.command import main

sys.exit(main())
