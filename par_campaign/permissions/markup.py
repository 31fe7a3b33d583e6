"""Markup in what people write.

Frappe cleans stored text of active markup, but a tag that is never closed is none to its parser, while a
browser closes it with whatever follows: `<img src=x onerror=…` in an explanation would run in the grid that
shows it. Such a bracket is set apart from its word, which reads the same and is no tag.
"""

import re

OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])(?![^>]*>)")
UNSHOWN = ("Code", "JSON", "Password")


def part_open_tags(doc, method: str | None = None) -> None:
	"""On every save of ours: no text, in rows neither, holds a tag that is not closed."""
	if not doc.doctype.startswith("PAR "):
		return
	for each in (doc, *doc.get_all_children()):
		texts = [(field, value) for field, value in vars(each).items() if isinstance(value, str)]
		for field, value in texts:
			if OPEN_TAG.search(value) and not _is_unshown(each, field):
				each.set(field, OPEN_TAG.sub("< ", value))


def _is_unshown(doc, field: str) -> bool:
	df = doc.meta.get_field(field)
	return not df or df.fieldtype in UNSHOWN
