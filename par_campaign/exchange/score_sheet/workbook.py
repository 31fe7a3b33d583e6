"""A unit's score sheet as a workbook, to be filled in offline: `write`, `read_stamp`, `read_upload`.

A site writes the sheet with its secret key and a version of the scorecard, reads the upload back
as a list of changes, shows them, and writes all of them or none.
"""

from __future__ import annotations

from par_campaign.exchange.score_sheet.reading import Change, Upload, read_stamp, read_upload
from par_campaign.exchange.score_sheet.signature import Stamp
from par_campaign.exchange.score_sheet.writing import write

__all__ = ["Change", "Stamp", "Upload", "read_stamp", "read_upload", "write"]
