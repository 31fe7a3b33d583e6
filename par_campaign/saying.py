"""Sentences shown as HTML: the desk's messages, notices, comments. What stands in them is escaped by itself.

	frappe.throw(say(_("{0} is not one of group {1}."), bold(self.cluster), self.unit_group))

`tests/site/test_saying.py` holds that no message is put together in another way.
"""

from collections.abc import Iterable
from html import unescape

import frappe
from frappe.utils import strip_html
from markupsafe import Markup, escape


def say(sentence: str, *values, **named) -> Markup:
	"""A translated sentence with values in it; each is escaped, but for what `bold` and its like have made."""
	return Markup(sentence).format(*values, **named)


def bold(text) -> Markup:
	"""A text in bold."""
	return say("<strong>{0}</strong>", text)


def link(doctype: str, name: str) -> Markup:
	"""A document's name that leads to it."""
	return Markup(frappe.utils.get_link_to_form(doctype, name, escape(name)))


def lines(sentences: Iterable[str]) -> Markup:
	"""Sentences one below the other."""
	return Markup("<br>").join(sentences)


def plain(sentence: str) -> str:
	"""The same sentence as plain text, for where no HTML is shown: subjects of e-mails, cells, errors by row."""
	return unescape(strip_html(str(sentence).replace("<br>", "\n")))
