"""Workbooks in and out, by pure code: criteria sets, score sheets, values from outside, results that can be recounted."""
