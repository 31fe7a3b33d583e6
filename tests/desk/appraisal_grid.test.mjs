// One criterion over many units: what is typed, accepted, refused, and saved by somebody else meanwhile.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { load } from "./modules.mjs";
import { asked, fresh, told } from "./world.mjs";

const { default: GridModel } = await load("appraisal_grid/model.js");

const PLACE = { campaign: "C", group: "G", code: "1.1" };
let changes, model;

function row(scorecard, values = {}) {
  const nothing = {
    claim_text: "",
    appraised_text: "",
    appraised_claim: "",
    appraised_score: null,
    appraisal_note: "",
  };
  return {
    scorecard,
    stamp: "t1",
    editable: true,
    applicable: 1,
    appraised_applicable: 1,
    self_claim: "Yes",
    ...nothing,
    claim_text: "2",
    ...values,
  };
}

async function opened(rows, answers = {}) {
  fresh({
    grid: { criterion: { score_type: "Normal" }, rows },
    preview: {},
    ...answers,
  });
  await model.open(PLACE);
}

const by_name = (scorecard) =>
  model.rows.find((one) => one.scorecard === scorecard);
const names = (rows) => rows.map(({ scorecard }) => scorecard);

beforeEach(() => {
  changes = [];
  model = new GridModel((one) => changes.push(one?.scorecard));
});

describe("typing", () => {
  test("what is typed and taken back again is no change", async () => {
    await opened([row("A")]);
    model.set(by_name("A"), "appraised_claim", "No");
    assert.equal(model.is_dirty, true);
    model.set(by_name("A"), "appraised_claim", "");
    assert.equal(model.is_dirty, false);
  });

  test("an accepted row counts as decided though nothing was different", async () => {
    await opened([row("A", { appraised_claim: "Yes" })]);
    model.accept(by_name("A"));
    assert.deepEqual(names(model.acceptable()), []);
    model.set(by_name("A"), "appraisal_note", "");
    assert.equal(model.is_dirty, true);
    model.take_back(by_name("A"));
    assert.equal(model.is_dirty, false);
  });

  test("a preview is asked with claims only, and what comes for another place is dropped", async () => {
    await opened([row("A"), row("B")]);
    model.set(by_name("A"), "appraisal_note", "Why");
    assert.equal(
      asked.filter(([method]) => method.endsWith(".preview")).length,
      0
    );
    fresh({
      preview: () => (
        (model.place = { ...PLACE, code: "1.2" }),
        { A: { text: "2", points: 2 } }
      ),
    });
    model.set(by_name("A"), "appraised_claim", "Yes");
    await new Promise((done) => setTimeout(done, 5));
    assert.deepEqual(JSON.parse(asked[0][1].claims), { A: "Yes" });
    assert.equal(model.previews.size, 0);
  });

  test("points are shown as previewed, else as they are stored", async () => {
    await opened([row("A", { appraised_text: "1", appraised_score: 1 })], {
      preview: { A: { text: "2", points: 2 }, B: {} },
    });
    assert.deepEqual(
      [model.text(by_name("A")), model.points(by_name("A"))],
      ["1", 1]
    );
    model.set(by_name("A"), "appraised_claim", "Yes");
    await new Promise((done) => setTimeout(done, 5));
    assert.deepEqual(
      [model.text(by_name("A")), model.points(by_name("A"))],
      ["2", 2]
    );
    assert.deepEqual([...model.previews.keys()], ["A"]);
  });
});

describe("how a row stands", () => {
  test("open are rows not decided, and those filled in from the claim that nobody has looked at", async () => {
    await opened([
      row("undecided"),
      row("looked-at", { appraised_claim: "Yes", is_appraised: 1 }),
      row("filled-in", { appraised_claim: "Yes" }),
      row("not-mine", { editable: false }),
      row("does-not-apply", {
        applicable: 0,
        appraised_applicable: 0,
        self_claim: "",
        is_appraised: 1,
      }),
    ]);
    assert.deepEqual(names(model.rows.filter((one) => model.is_open(one))), [
      "undecided",
      "filled-in",
    ]);
  });

  test("a bonus nobody has claimed is not open", async () => {
    await opened([row("A", { self_claim: "", is_appraised: 0 })]);
    assert.equal(model.is_open(by_name("A")), true);
    model.criterion = { score_type: "Bonus" };
    assert.equal(model.is_open(by_name("A")), false);
  });

  test("another score wants a reason, a blank is none", async () => {
    await opened([row("A", { appraised_claim: "No", appraised_text: "0" })]);
    assert.equal(model.needs_reason(by_name("A")), true);
    model.set(by_name("A"), "appraisal_note", "   ");
    assert.equal(model.needs_reason(by_name("A")), true);
    model.set(by_name("A"), "appraisal_note", "Not proved");
    assert.equal(model.needs_reason(by_name("A")), false);
  });

  test("accepting all leaves out what somebody has decided and the unit has answered on since", async () => {
    await opened([
      row("A"),
      row("B", {
        appraised_by: "x",
        appraised_claim: "No",
        appraised_text: "0",
      }),
      row("C", { self_claim: "" }),
    ]);
    assert.deepEqual(names(model.acceptable()), ["A"]);
  });
});

describe("saving", () => {
  test("only what was typed is sent, with the row's stamp", async () => {
    const saved = {
      criterion: { score_type: "Normal" },
      rows: [row("A", { stamp: "t2" })],
      errors: [],
      saved: 1,
    };
    await opened([row("A"), row("B")], { save_grid: saved });
    model.set(by_name("A"), "appraised_claim", "No");
    assert.equal(await model.save(), true);
    const [, sent] = asked.find(([method]) => method.endsWith(".save_grid"));
    assert.deepEqual(JSON.parse(sent.rows), [
      { scorecard: "A", stamp: "t1", appraised_claim: "No" },
    ]);
    assert.deepEqual(
      [sent.campaign, sent.group, sent.code, model.is_dirty],
      ["C", "G", "1.1", false]
    );
    assert.equal(by_name("A").stamp, "t2");
  });

  test("one refused row keeps all that was typed", async () => {
    await opened([row("A"), row("B")], {
      save_grid: { errors: [{ scorecard: "B", message: "Give a reason" }] },
    });
    model.set(by_name("A"), "appraised_claim", "No");
    model.set(by_name("B"), "appraised_claim", "No");
    assert.equal(await model.save(), false);
    assert.equal(model.problems.get("B"), "Give a reason");
    assert.deepEqual([...model.edits.keys()], ["A", "B"]);
  });

  test("a row somebody else has changed is shown beside one's own, and saved only once that is decided", async () => {
    await opened([row("A")], {
      save_grid: {
        errors: [{ scorecard: "A", message: "changed", conflict: true }],
      },
    });
    model.set(by_name("A"), "appraised_claim", "No");
    fresh({
      save_grid: {
        errors: [{ scorecard: "A", message: "changed", conflict: true }],
      },
      grid: {
        criterion: { score_type: "Normal" },
        rows: [row("A", { stamp: "t2", appraised_claim: "Yes" })],
      },
      preview: {},
    });
    assert.equal(await model.save(), false);
    assert.deepEqual(
      [model.conflicts.get("A").stamp, by_name("A").stamp, model.problems.size],
      ["t1", "t2", 0]
    );
    assert.equal(model.value(by_name("A"), "appraised_claim"), "No");
    asked.length = 0;
    assert.equal(await model.save(), false);
    assert.equal(asked.length, 0);
    assert.match(told.at(-1), /Decide first/);
    model.keep_mine(by_name("A"));
    assert.deepEqual(model.sent(by_name("A")), {
      scorecard: "A",
      stamp: "t2",
      appraised_claim: "No",
    });
  });
});
