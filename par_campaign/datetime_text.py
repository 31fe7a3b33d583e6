"""Points of time in sentences."""

from datetime import datetime

from frappe.utils import format_datetime
from frappe.utils.data import get_user_date_format


def datetime_text(moment: datetime | str) -> str:
	"""A deadline as people state it, by the minute, in the reader's own format of dates: 16-12-2026 17:00."""
	return format_datetime(moment, f"{get_user_date_format().replace('mm', 'MM')} HH:mm")
