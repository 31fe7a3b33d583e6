"""Pins Frappe's functions anew, once somebody has read what changed: `dev/par python "$PWD/dev/pins.py" [--write]`.

Prints each function that is not the one the guards were written against; `--write` adds its sum to the known ones.
A guard that is written anew goes into `permissions/pins.json` with an empty list first.
"""

import json
import sys

from par_campaign.permissions import pins


def main() -> int:
	table = {path: list(known) for path, known in pins.table().items()}
	for path in pins.broken():
		print(f"{path}: {pins.found(path) or 'gone'}")
		table[path] = [*table[path], *filter(None, [pins.found(path)])]
	if "--write" in sys.argv:
		pins.TABLE.write_text(json.dumps(table, indent="\t", sort_keys=True) + "\n", encoding="utf-8")
	return 0


if __name__ == "__main__":
	sys.exit(main())
