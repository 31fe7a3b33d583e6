"""What NĐ 30/2020/NĐ-CP, Phụ lục I fixes, in one place for both renderers.

Where the decree leaves a choice (13 or 14 pt), the larger size of each pair is taken throughout:
sizes "must go up and down together" (Phụ lục I, mục V).
"""

FONTS = ("Times New Roman", "Liberation Serif", "Tinos")

PAGE_MM = (210, 297)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

SIZES = {
	"country": 13,
	"motto": 14,
	"issuer": 13,
	"number": 13,
	"date": 14,
	"kind": 14,
	"letter_subject": 13,  # "V/v" of a công văn
	"body": 14,
	"signature": 14,
	"recipients_head": 12,
	"recipients": 11,
	"annex": 14,
	"page_number": 14,
	"remark": 12,
}

FIRST_LINE_MM = 12.7
PARAGRAPH_GAP_PT = 6
LINE_SPACING = 1.1  # lines; the decree allows 1 to 1,5
LINE_EM = 1.15  # height of a single line of Times New Roman
ISSUER_SHARE = 0.4  # width of the left part of the head
TO_MM, TO_LABEL_MM = 26, 17.5  # where "Kính gửi:" begins above several addressees, and how wide it is
NO_NAME = "\u00a0"  # room for a name that is not known yet
RULE_SHARE = 0.4  # of the line above it; the decree: a third to a half


def page_mm(landscape: bool) -> tuple[int, int]:
	"""Width and height of a page."""
	width, height = PAGE_MM
	return (height, width) if landscape else (width, height)


def text_width_mm(landscape: bool) -> int:
	"""Width between the margins."""
	return page_mm(landscape)[0] - LEFT_MM - RIGHT_MM
