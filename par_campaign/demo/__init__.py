"""A sample campaign: Tiền Giang's units and published totals of 2020, with made-up leaf scores."""

from par_campaign.demo.loader import load, users

__all__ = ["load", "users"]
