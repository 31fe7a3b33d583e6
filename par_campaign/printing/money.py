"""Award money: a coefficient times the base salary in force on the day of the decision.

Both come in as dated data, because both change: the app knows no amount of its own. A date nothing
is in force on is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from par_campaign.printing.errors import PrintError
from par_campaign.scoring.messages import _


@dataclass(frozen=True)
class BaseSalary:
	"""Lương cơ sở from a day until another follows; `source` is the decree that sets it."""

	valid_from: date
	amount: Decimal  # đồng a month
	source: str = ""


@dataclass(frozen=True)
class AwardRate:
	"""How many base salaries a level is rewarded with, from a day until another follows."""

	level: str
	valid_from: date
	coefficient: Decimal
	source: str = ""
	confirmed: bool = True  # False: still to be confirmed by the office, printed as such


@dataclass(frozen=True)
class MoneyLine:
	"""The money of one level: what the budget office pays, and how it comes about."""

	level: str
	units: int
	coefficient: Decimal
	base_salary: Decimal
	amount: int  # of one award, whole đồng
	total: int
	confirmed: bool = True
	sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Budget:
	"""The money of a campaign's awards, by level, with its total."""

	day: date
	lines: tuple[MoneyLine, ...]

	@property
	def total(self) -> int:
		"""What all awards cost together."""
		return sum(line.total for line in self.lines)

	@property
	def confirmed(self) -> bool:
		"""Whether every coefficient used has been confirmed."""
		return all(line.confirmed for line in self.lines)


Dated = TypeVar("Dated", BaseSalary, AwardRate)


def base_salary_on(salaries: Iterable[BaseSalary], day: date) -> BaseSalary:
	"""The base salary in force on a day."""
	known = [salary for salary in salaries if salary.valid_from <= day]
	if not known:
		raise PrintError(_("No base salary is in force on {0}.").format(_date(day)))
	return _latest(known, _("Two base salaries begin on {0}."))


def rate_on(rates: Iterable[AwardRate], level: str, day: date) -> AwardRate:
	"""The coefficient of a level in force on a day."""
	known = [rate for rate in rates if rate.level == level and rate.valid_from <= day]
	if not known:
		raise PrintError(_("{0} has no award coefficient on {1}.").format(level, _date(day)))
	return _latest(known, _("Two coefficients of one level begin on {0}."))


def _latest(known: Sequence[Dated], message: str) -> Dated:
	"""What began last. Two that begin on one day contradict each other, unless they say the same."""
	last = max(item.valid_from for item in known)
	found = {item for item in known if item.valid_from == last}
	if len(found) > 1:
		raise PrintError(message.format(_date(last)))
	return found.pop()


def budget(
	levels: Iterable[str], day: date, rates: Sequence[AwardRate], salaries: Sequence[BaseSalary]
) -> Budget:
	"""The money for awards given on a day; `levels` holds one entry for each award."""
	salary = base_salary_on(salaries, day)
	counted: dict[str, int] = {}
	for level in levels:
		counted[level] = counted.get(level, 0) + 1
	return Budget(
		day, tuple(_line(rate_on(rates, level, day), salary, units) for level, units in counted.items())
	)


def _line(rate: AwardRate, salary: BaseSalary, units: int) -> MoneyLine:
	amount = int((rate.coefficient * salary.amount).quantize(Decimal(1), rounding=ROUND_HALF_UP))
	return MoneyLine(
		level=rate.level,
		units=units,
		coefficient=rate.coefficient,
		base_salary=salary.amount,
		amount=amount,
		total=amount * units,
		confirmed=rate.confirmed,
		sources=tuple(source for source in (rate.source, salary.source) if source),
	)


def _date(day: date) -> str:
	return f"{day:%d/%m/%Y}"
