"""Names of agencies as they stand above a document and in its sentences."""

ONE_LINE = 28  # letters of an issuer's name that fit above its rule
BREAKS = ("tỉnh", "thành phố", "huyện", "Thi đua")
PLACES = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "đặc khu")
AGENCIES = ("sở", "ban", "bộ", "cục", "chi cục")


def in_two_lines(name: str) -> str:
	"""A long name as it stands above a document: "Ủy ban nhân dân" and below it "tỉnh Tiền Giang"."""
	if "\n" in name or len(name) <= ONE_LINE:
		return name
	for word in BREAKS:
		before, found, after = name.partition(f" {word} ")
		if not found:
			before, found, after = name.partition(f" {word.upper()} ")
		if found:
			return f"{before}\n{found.strip()} {after}"
	return name


def natural(name: str) -> str:
	"""An office's name as it stands in a sentence: "Ủy ban nhân dân tỉnh Tiền Giang", "Sở Nội vụ".

	Names typed in capitals lose what is a proper noun, so only the usual patterns can be brought back.
	"""
	name = " ".join((name or "").split())
	if not name.isupper():
		return name
	low = name.lower()
	for place in PLACES:
		before, found, after = low.partition(f" {place} ")
		if found:
			return f"{before.capitalize()}{found}{after.title()}"
	for agency in AGENCIES:
		if low.startswith(f"{agency} "):
			return f"{agency.capitalize()} {low.removeprefix(f'{agency} ').capitalize()}"
	return low.capitalize()
