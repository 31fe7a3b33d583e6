"""Reading a criteria set from a workbook, own template or annex, and saying what was understood."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

Choice = TypeVar("Choice", bound=Enum)
