"""Who may import whom: the contracts of pyproject.toml, read by lint-imports."""

from findings import run


def test_rooms_import_those_below_them_alone():
	done = run("lint-imports", "--no-cache", "--no-logo")
	assert done.returncode == 0, done.stdout
