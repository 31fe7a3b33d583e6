"""Values are what their annotations say: mypy, as pyproject.toml sets it up."""

from findings import run


def test_values_are_what_they_are_said_to_be():
	done = run("mypy", "--no-incremental", "--no-error-summary")
	assert done.returncode == 0, done.stdout + done.stderr
