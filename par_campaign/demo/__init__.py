"""Samples: Tiền Giang's units and published totals of 2020, and a made-up campaign in mid-work."""

from par_campaign.demo.loader import load, users
from par_campaign.demo.running import load_running

__all__ = ["load", "load_running", "users"]
