"""Vietnamese typed in the encodings from before Unicode, TCVN3 (ABC) and VNI.

Such text looks right only in its own font (.VnTime, VNI-Times); anywhere else "Sở Nội vụ" is
"Së Néi vô" or "Sôû Noäi vuï". It is recognised by decoding it: if the words become Vietnamese
syllables that they were not before, that is what it was.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

# One character for one, in the order of the Unicode ones. Capitals with tones have no codes of
# their own: TCVN3 uses a second font for them.
_TCVN3 = dict(
	zip(
		"µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
		"àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
		strict=True,
	)
)

# VNI writes a vowel and then its mark.
_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ON_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_ON_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

_WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00ff])+")
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_NUCLEUS = (
	"(?:oai|oay|oeo|uây|uôi|uya|uyê|uyu|iêu|yêu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|"
	"ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ươ|ưi|ưu|yê|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(_ONSET + _NUCLEUS + "(?:ch|ng|nh|[cmnpt])?")
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

# A foreign word, a unit (20 µm) or a sign (©) must not be enough; some old words look right as they are.
_WORDS_NEEDED = 2
_SHARE_GAINED = 0.3
_SHARE_READ = 0.8
_LONGEST = 40  # letters of a word that are looked at
_WORDS_READ = 60  # a text is written in one encoding: its first words tell which


def legacy_encoding(text: str) -> str:
	""" "TCVN3" or "VNI" if the text is written so, else empty."""
	if not any("\u00a1" <= letter <= "\u00ff" for letter in text):
		return ""
	words = (match[0] for match in _WORD.finditer(text))
	marked = list(islice((word[:_LONGEST] for word in words if not word.isascii()), _WORDS_READ))
	as_is = _vietnamese(marked)
	scores = {name: _vietnamese([decode(word) for word in marked]) for name, decode in _DECODERS.items()}
	best = max(scores, key=lambda name: scores[name])
	gained = scores[best] - as_is
	enough = gained >= max(_WORDS_NEEDED, _SHARE_GAINED * len(marked))
	return best if enough and scores[best] >= _SHARE_READ * len(marked) else ""


def decode_legacy(text: str, encoding: str) -> str:
	"""The text in Unicode. `encoding` as `legacy_encoding` names it."""
	return unicodedata.normalize("NFC", _DECODERS[encoding](text))


def _vietnamese(words: list[str]) -> int:
	"""How many of the words are Vietnamese syllables with a mark."""
	return sum(_is_syllable(word) for word in words)


def _is_syllable(word: str) -> bool:
	word = unicodedata.normalize("NFD", word.lower())
	bare, tones = _TONE_MARKS.subn("", word)
	return tones <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def _decode_tcvn3(text: str) -> str:
	return "".join(_TCVN3.get(letter, letter) for letter in text)


def _decode_vni(text: str) -> str:
	out = ""
	for letter in text:
		out = _vni_step(out, letter)
	return unicodedata.normalize("NFC", out)


def _vni_step(out: str, letter: str) -> str:
	small = letter.lower()
	base = out[-1:].lower()
	if base in _VNI_VOWELS and small in _TONES:
		return out + _TONES[small]
	if base in ("a", "e", "o") and small in _ON_CIRCUMFLEX:
		return out + "\u0302" + _ON_CIRCUMFLEX[small]
	if base == "a" and small in _ON_BREVE:
		return out + "\u0306" + _ON_BREVE[small]
	if small in _VNI_ALONE:
		decoded = _VNI_ALONE[small]
		return out + (decoded.upper() if letter != small else decoded)
	return out + letter


_VNI_VOWELS = frozenset("aeiouyơư")
_DECODERS = {"TCVN3": _decode_tcvn3, "VNI": _decode_vni}
