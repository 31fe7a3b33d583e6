"""The class of an index (Xuất sắc, Tốt, …): bands are data of the campaign."""

from collections.abc import Sequence
from decimal import Decimal

from par_campaign.scoring.model import Band


def band_of(index: Decimal, bands: Sequence[Band]) -> str:
	"""Label of the highest band whose minimum the (rounded) index reaches; "" below all."""
	reached = [band for band in bands if index >= band.minimum]
	return max(reached, key=lambda band: band.minimum).label if reached else ""


def reaches(label: str, wanted: str, bands: Sequence[Band]) -> bool:
	"""Whether a class is at least the wanted one. An unknown class reaches nothing."""
	minimum = {band.label: band.minimum for band in bands}
	return label in minimum and wanted in minimum and minimum[label] >= minimum[wanted]
