"""Packaging entry point; everything declarative stands in pyproject.toml."""

from setuptools import find_packages, setup

setup(
	packages=find_packages(include=["par_campaign", "par_campaign.*"]),
	include_package_data=True,
	zip_safe=False,
)
