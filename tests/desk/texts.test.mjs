// Numbers as the reader writes them, and what people typed on its way into HTML.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./modules.mjs";
import "./world.mjs";

const { decimal_sign, index, points, typed } = await load(
  "score_sheet/format.js"
);
const { is_plain, parted, safe } = await load("texts.js");
const { votes_of } = await load("award_proposal/count.js");

function read_as(format, work) {
  const before = globalThis.get_number_format;
  globalThis.get_number_format = () => format;
  try {
    work();
  } finally {
    globalThis.get_number_format = before;
  }
}

test("points have two decimals at most and no zeros at the end", () => {
  assert.deepEqual([1.5, 2, 0.125, 66.666666, 0.1 + 0.2].map(points), [
    "1,5",
    "2",
    "0,13",
    "66,67",
    "0,3",
  ]);
  assert.equal(points(null), "");
});

test("an index always has two decimals", () => {
  assert.deepEqual([99.95, 90, null].map(index), ["99,95", "90,00", "–"]);
});

test("the decimal sign is the reader's, also where the format names none", () => {
  read_as("#.###", () => assert.equal(decimal_sign(), ","));
  read_as("#,###.##", () =>
    assert.deepEqual([points(1.5), typed("94.57")], ["1.5", "94.57"])
  );
  assert.equal(typed("94.57"), "94,57");
  assert.equal(typed(undefined), "");
});

test("what was typed is no tag, whichever way it is shown", () => {
  assert.equal(safe("<b>"), "&lt;b>");
  assert.equal(safe(3), 3);
  assert.equal(
    parted("0,8 <= b/a < 1 <img src=x> </p>"),
    "0,8 <= b/a < 1 < img src=x> < /p>"
  );
  assert.deepEqual(
    [
      is_plain({}),
      is_plain({ fieldtype: "Small Text" }),
      is_plain({ fieldtype: "HTML" }),
    ],
    [true, true, false]
  );
});

test("of a secret ballot no row says how somebody voted", () => {
  assert.equal(
    votes_of(true).some((vote) =>
      ["For", "Against", "Abstained"].includes(vote)
    ),
    false
  );
  assert.equal(votes_of(false).includes("For"), true);
});
