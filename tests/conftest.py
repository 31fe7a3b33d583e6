"""Examples made at random are the same on each run, so that what fails once fails again; `./test slow` tries others."""

from hypothesis import settings

settings.register_profile("the same each time", derandomize=True)


def pytest_configure(config):
	if config.getoption("markexpr") != "slow":
		settings.load_profile("the same each time")
