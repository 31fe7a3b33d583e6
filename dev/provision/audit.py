"""The tools that look through the code and its packages: an environment of their own, because what they need
and what Frappe pins do not go together."""

import os
import sys
from pathlib import Path

from .stamps import digest
from .ui import run

# Exact, so that the same code gives the same findings everywhere; raise them together with the reasons in
# dev/audit/accepted.toml.
TOOLS = [
	"pip-audit==2.10.1",
	"bandit==1.9.4",
	"semgrep==1.185.0",
	"import-linter==2.17",
	"vulture==2.16",
	"mypy==2.4.1",
	# what the app uses and says the types of; the rest of its packages have none
	"cattrs==26.2.1",
	"Jinja2==3.1.6",
	"python-docx==1.2.0",
]


def ensure() -> Path:
	"""The folder with the tools' commands, installed once and kept in the user's cache."""
	cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "par-campaign"
	venv = cache / f"audit-{digest(TOOLS)[:12]}"
	done = venv / "installed"
	if done.exists():
		return venv / "bin"
	venv.parent.mkdir(parents=True, exist_ok=True)
	run(
		"making a Python environment for the audit",
		[sys.executable, "-m", "venv", "--clear", venv],
		log="audit",
	)
	run(
		f"installing {', '.join(TOOLS)}",
		[venv / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *TOOLS],
		log="audit",
		advice="Check that PyPI can be reached.",
	)
	done.touch()
	return venv / "bin"
