"""What mypy needs to know of Frappe, which has no types: that `throw` does not come back, and what a row of the
database is. All else is taken as it comes."""

from typing import Any, NoReturn

def __getattr__(name: str) -> Any: ...
def throw(
	msg: str,
	exc: type[Exception] | Exception = ...,
	title: str | None = ...,
	is_minimizable: bool = ...,
	wide: bool = ...,
	as_list: bool = ...,
	primary_action: dict[str, Any] | None = ...,
) -> NoReturn: ...

class _dict(dict[str, Any]):
	def __getattr__(self, name: str) -> Any: ...
	def __setattr__(self, name: str, value: Any) -> None: ...
