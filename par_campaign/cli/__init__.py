"""The command `par-campaign`, for which no Frappe is needed."""

from par_campaign.cli.command import main

__all__ = ["main"]
