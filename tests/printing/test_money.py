"""Award money by dated data."""

from datetime import date
from decimal import Decimal

import pytest

from par_campaign.printing.errors import PrintError
from par_campaign.printing.money import AwardRate, BaseSalary, base_salary_on, budget, rate_on

FLAG, CERTIFICATE = "Cờ thi đua", "Bằng khen"
SALARIES = (
	BaseSalary(date(2026, 7, 1), Decimal(2_530_000), "Nghị định mới"),
	BaseSalary(date(2024, 7, 1), Decimal(2_340_000), "Nghị định số 73/2024/NĐ-CP"),
)
RATES = (
	AwardRate(FLAG, date(2024, 1, 1), Decimal(8)),
	AwardRate(CERTIFICATE, date(2024, 1, 1), Decimal(2)),
)


@pytest.mark.parametrize(
	("day", "amount"),
	[
		(date(2024, 7, 1), 2_340_000),
		(date(2026, 6, 30), 2_340_000),
		(date(2026, 7, 1), 2_530_000),
		(date(2030, 1, 1), 2_530_000),
	],
)
def test_base_salary_changes_on_its_day(day, amount):
	assert base_salary_on(SALARIES, day).amount == amount


def test_budget_by_level_and_total():
	found = budget([FLAG, CERTIFICATE, CERTIFICATE, CERTIFICATE], date(2025, 2, 5), RATES, SALARIES)
	assert [(line.level, line.units, line.amount, line.total) for line in found.lines] == [
		(FLAG, 1, 18_720_000, 18_720_000),
		(CERTIFICATE, 3, 4_680_000, 14_040_000),
	]
	assert found.total == 32_760_000
	assert found.confirmed


def test_an_unconfirmed_coefficient_shows():
	rates = (AwardRate(FLAG, date(2024, 1, 1), Decimal(8), confirmed=False),)
	assert not budget([FLAG], date(2025, 2, 5), rates, SALARIES).confirmed


def test_the_later_coefficient_holds():
	rates = (*RATES, AwardRate(FLAG, date(2026, 1, 1), Decimal("6.5")))
	assert rate_on(rates, FLAG, date(2025, 12, 31)).coefficient == 8
	assert rate_on(rates, FLAG, date(2026, 1, 1)).coefficient == Decimal("6.5")


def test_amounts_are_whole_dong_halves_up():
	rates = (AwardRate(FLAG, date(2024, 1, 1), Decimal("0.5")),)
	salaries = (BaseSalary(date(2024, 1, 1), Decimal(2_340_001)),)
	assert budget([FLAG], date(2025, 1, 1), rates, salaries).total == 1_170_001


def test_nothing_in_force_is_an_error_not_a_guess():
	with pytest.raises(PrintError, match="01/01/2020"):
		base_salary_on(SALARIES, date(2020, 1, 1))
	with pytest.raises(PrintError, match=r"Kỷ niệm chương"):
		rate_on(RATES, "Kỷ niệm chương", date(2025, 1, 1))


def test_contradicting_data_is_refused():
	twice = (*SALARIES, BaseSalary(date(2024, 7, 1), Decimal(2_400_000)))
	with pytest.raises(PrintError, match="01/07/2024"):
		base_salary_on(twice, date(2025, 1, 1))
