"""Every door × every actor, with right and wrong arguments about another unit's documents.

`./test attack` sends a slice, `./test slow` all of it: first as users of PAR roles alone, then with a role of
another app, which takes them out of the gate, so that permissions alone must hold. A failure prints its number;
`PAR_ATTACK=123 ./test attack` sends that request alone, `PAR_ATTACK=name` those that name it. All are listed with their answers in the site's
logs/attack.log.
"""

import os
import time
from collections import Counter
from pathlib import Path

import frappe
import pytest
import scene as scenes
from catalog import look
from rig import Rig
from verdict import frappes_fault, judge
from walk import Walk

SLICE = 200
SHOWN = 40  # findings printed in full; more say the same


@pytest.fixture(scope="module")
def scene(base):
	made = scenes.make()
	yield made
	scenes.clear(made)


@pytest.fixture
def another_role(scene):
	scenes.give_other_role()
	yield
	scenes.take_other_role()


@pytest.fixture
def tell(capsys):
	"""Prints past pytest's capture: the counts belong to the result."""

	def write(text: str) -> None:
		with capsys.disabled():
			print(text)

	return write


def test_slice_with_par_roles_alone(scene, tell):
	attack(scene, SLICE, tell)


def test_slice_with_a_role_of_another_app(scene, another_role, tell):
	attack(scene, SLICE, tell)


@pytest.mark.slow
def test_whole_with_par_roles_alone(scene, tell):
	attack(scene, None, tell)


@pytest.mark.slow
def test_whole_with_a_role_of_another_app(scene, another_role, tell):
	attack(scene, None, tell)


def attack(scene, count: int | None, tell) -> None:
	walk = Walk(look(), scene)
	chosen = _chosen(walk, os.environ.get("PAR_ATTACK", ""))
	numbers = chosen or walk.numbers(count)
	wrong, states, frappes, begun = [], Counter(), Counter(), time.monotonic()
	rig = Rig(scenes.ACTORS)
	log = Path(frappe.get_site_path("logs", "attack.log")).resolve()
	try:
		with rig.at_work(), log.open("w") as lines:
			for number in numbers:
				request = walk.request(number)
				answer = rig.send(request)
				states[answer.status // 100 * 100] += 1
				complaints = judge(request, answer, scene)
				told = "\n  ".join([f"{answer.status} {answer.error}", *complaints])
				lines.write(f"{request}\n  {told}\n")
				if found := frappes_fault(answer):
					frappes[found] += 1
				if complaints:
					wrong.append(
						"\n  ".join([str(request), f"{answer.status} {answer.body[:300]!r}", *complaints])
					)
				if 0 < len(chosen) < SHOWN:
					tell(
						f"{request}\n{answer.status} {answer.error}\n{answer.frames[-6:]}\n{answer.body[:3000]!r}"
					)
	finally:
		rig.close()
	tell(_summary(states, frappes, time.monotonic() - begun))
	assert not wrong, f"{len(wrong)} of {len(numbers)} requests:\n" + "\n".join(wrong[:SHOWN])


def _chosen(walk: Walk, words: str) -> list[int]:
	"""Requests asked for by number, or by a word of theirs such as a function's name."""
	if not words or words[0].isdigit():
		return [int(word) for word in words.split(",") if word]
	return [number for number in walk.numbers() if words in str(walk.request(number))]


def _summary(states: Counter, frappes: Counter, seconds: float) -> str:
	by_state = ", ".join(f"{state}: {count}" for state, count in sorted(states.items()))
	lines = [
		f"\n{states.total()} requests in {seconds:.0f} s ({by_state}); Frappe's own 500s: {frappes.total()}"
	]
	return "\n".join([*lines, *(f"  {count:5} {where}" for where, count in frappes.most_common())])
