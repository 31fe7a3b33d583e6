"""The factories of `par_campaign.testing`, under the name the site tests know them by."""

from par_campaign.testing.factories import *  # noqa: F403
