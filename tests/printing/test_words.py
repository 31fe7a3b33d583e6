"""Numbers, money and dates in words, held against a table written by hand."""

from datetime import time

import pytest

from par_campaign.printing.words import money_words, number_words, time_text

NUMBERS = {
	0: "không",
	1: "một",
	4: "bốn",
	5: "năm",
	10: "mười",
	11: "mười một",
	14: "mười bốn",
	15: "mười lăm",
	20: "hai mươi",
	21: "hai mươi mốt",
	24: "hai mươi tư",
	25: "hai mươi lăm",
	30: "ba mươi",
	41: "bốn mươi mốt",
	44: "bốn mươi tư",
	55: "năm mươi lăm",
	91: "chín mươi mốt",
	100: "một trăm",
	101: "một trăm linh một",
	104: "một trăm linh bốn",
	105: "một trăm linh năm",
	110: "một trăm mười",
	111: "một trăm mười một",
	115: "một trăm mười lăm",
	121: "một trăm hai mươi mốt",
	504: "năm trăm linh bốn",
	555: "năm trăm năm mươi lăm",
	1000: "một nghìn",
	1005: "một nghìn không trăm linh năm",
	1010: "một nghìn không trăm mười",
	1021: "một nghìn không trăm hai mươi mốt",
	1100: "một nghìn một trăm",
	2025: "hai nghìn không trăm hai mươi lăm",
	10000: "mười nghìn",
	15000: "mười lăm nghìn",
	21001: "hai mươi mốt nghìn không trăm linh một",
	100000: "một trăm nghìn",
	105004: "một trăm linh năm nghìn không trăm linh bốn",
	1000000: "một triệu",
	1000001: "một triệu không trăm linh một",
	1005000: "một triệu không trăm linh năm nghìn",
	2340000: "hai triệu ba trăm bốn mươi nghìn",
	2530000: "hai triệu năm trăm ba mươi nghìn",
	18720000: "mười tám triệu bảy trăm hai mươi nghìn",
	24000000: "hai mươi tư triệu",
	1000000000: "một tỷ",
	1000000005: "một tỷ không trăm linh năm",
	1020000000: "một tỷ không trăm hai mươi triệu",
	21000000000: "hai mươi mốt tỷ",
	1500000000000: "một nghìn năm trăm tỷ",
	1000000000000000: "một triệu tỷ",
	-21: "âm hai mươi mốt",
}


@pytest.mark.parametrize(("number", "words"), NUMBERS.items())
def test_number_words(number, words):
	assert number_words(number) == words


def test_every_number_below_ten_thousand_reads_back():
	"""No two numbers share their words."""
	assert len({number_words(number) for number in range(10_000)}) == 10_000


def test_a_number_too_large_is_refused():
	with pytest.raises(ValueError, match="too large"):
		number_words(10**18)


def test_money_begins_with_a_capital():
	assert money_words(104_940_000) == "Một trăm linh bốn triệu chín trăm bốn mươi nghìn đồng"
	assert money_words(0) == "Không đồng"


def test_times_have_two_digits():
	assert time_text(time(8, 5)) == "08 giờ 05 phút"
	assert time_text(time(14)) == "14 giờ 00 phút"
