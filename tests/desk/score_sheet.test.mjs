// What the score sheet knows about its rows, and what becomes of what is typed.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { load } from "./modules.mjs";
import { asked, documents, fresh, told } from "./world.mjs";

const { default: Model } = await load("score_sheet/model.js");
const { filter_by_key, filters_for } = await load("score_sheet/filters.js");

const ROWS = [
  { code: "1" },
  { code: "1.1", rule: "Yes/No", score_type: "Normal", mine: true },
  { code: "1.2", rule: "Levels", score_type: "Normal", mine: true },
  { code: "1.10", rule: "Levels", score_type: "Bonus", mine: true },
  { code: "2", rule: "External", score_type: "Normal", mine: true },
  { code: "3", rule: "Ratio", score_type: "Normal", mine: false },
];
const NUMBERS = {
  lines: {},
  errors: {},
  gaps: [],
  unappraised: [],
  missing_evidence: [],
};

let lines;

function line(code, values = {}) {
  return {
    doctype: "PAR Scorecard Line",
    name: `row-${code}`,
    code,
    applicable: 1,
    appraised_applicable: 1,
    self_claim: "",
    ...values,
  };
}

async function opened({ may = {}, numbers = {}, dirty = false, ...more } = {}) {
  const frm = {
    doc: { name: "CARD", lines },
    is_dirty: () => dirty,
    read_only: false,
    reload_doc: async () => {},
  };
  const data = {
    rows: ROWS,
    may: { claim: true, ...may },
    numbers: { ...NUMBERS, ...numbers },
    evidence: [],
    queries: [],
    tasks: [],
    ...more,
  };
  fresh({ load: data, preview: () => ({ ...NUMBERS, ...numbers }) });
  const model = new Model(frm);
  assert.equal(await model.load(), true);
  return model;
}

function keep(rows) {
  lines = rows;
  documents.clear();
  for (const row of rows) documents.set(row.name, row);
}

const as_appraiser = {
  may: { claim: false, appraise: true, see_appraisal: true },
};

beforeEach(() =>
  keep(ROWS.filter((row) => row.rule).map(({ code }) => line(code)))
);

describe("typing", () => {
  test("only what is different from before is sent for a preview", async () => {
    const model = await opened();
    model.set("1.1", "self_claim", "");
    assert.deepEqual(model.typed_values(), {});
    model.set("1.1", "self_claim", "Yes");
    model.set("1.1", "explanation", "As planned");
    assert.deepEqual(model.typed_values(), {
      1.1: { self_claim: "Yes", explanation: "As planned" },
    });
    const [method, { scorecard, edits }] = asked.at(-1);
    assert.match(method, /\.preview$/);
    assert.deepEqual(
      [scorecard, JSON.parse(edits)],
      ["CARD", model.typed_values()]
    );
  });

  test("an answer that comes after a later question is not shown", async () => {
    const model = await opened();
    const waiting = [];
    fresh({ preview: () => new Promise((come) => waiting.push(come)) });
    const first = model.preview();
    const second = model.preview();
    waiting[1]({ ...NUMBERS, total: "of the second" });
    await second;
    waiting[0]({ ...NUMBERS, total: "of the first" });
    await first;
    assert.equal(model.numbers.total, "of the second");
  });

  test("an answer for a scorecard one has left is not shown", async () => {
    const model = await opened();
    fresh({
      preview: () => (
        (model.frm.doc = { name: "ANOTHER", lines: [] }),
        { ...NUMBERS, total: "too late" }
      ),
    });
    await model.preview();
    assert.equal(model.numbers.total, undefined);
  });

  test("after a save nothing counts as typed; before it, it stays", async () => {
    const model = await opened();
    model.set("1.1", "self_claim", "Yes");
    model.frm.is_dirty = () => true;
    model.read_document();
    assert.equal(model.edits.size, 1);
    model.frm.is_dirty = () => false;
    model.read_document();
    assert.equal(model.edits.size, 0);
  });

  test("what somebody else saved meanwhile stays where both changed it, and is named", async () => {
    const model = await opened({ dirty: true });
    model.set("1.1", "self_claim", "No");
    model.set("1.1", "self_claim", "Yes"); // typed twice over what was there
    model.set("1.2", "self_claim", "3 <b>");
    model.frm.reload_doc = async () => {
      keep(
        ROWS.filter((row) => row.rule).map(({ code }) =>
          line(code, code === "1.2" ? { self_claim: "2" } : {})
        )
      );
      model.frm.doc.lines = lines;
      model.frm.is_dirty = () => false;
    };
    await model.reload_keeping_edits();
    assert.equal(model.line("1.1").self_claim, "Yes");
    assert.equal(model.line("1.2").self_claim, "2");
    assert.equal(told.length, 1);
    assert.match(told[0], /1\.2: 3 &lt;b>/);
  });

  test("all who listen are told once, however much has changed", async () => {
    const model = await opened();
    const heard = [];
    model.on_change((all) => heard.push(all));
    model.changed(false);
    model.changed(true);
    model.changed(false);
    await new Promise((done) => setTimeout(done, 5));
    assert.deepEqual(heard, [true]);
  });
});

describe("how a row stands", () => {
  test("rows below a criterion are found by its number, not by its first figures", async () => {
    const model = await opened();
    assert.deepEqual(
      model.leaves_below("1").map(({ code }) => code),
      ["1.1", "1.2", "1.10"]
    );
    assert.deepEqual(
      model.leaves_below("1.1").map(({ code }) => code),
      ["1.1"]
    );
  });

  test("for the unit a row is open where something is missing", async () => {
    const model = await opened({
      numbers: { gaps: [{ code: "1.1", field: "self_claim" }] },
    });
    assert.deepEqual(
      model.leaves
        .filter(({ code }) => model.is_open(code))
        .map(({ code }) => code),
      ["1.1"]
    );
  });

  test("for an appraiser their own rows are open until somebody has looked at them", async () => {
    keep([
      line("1.1", { self_claim: "Yes" }),
      line("1.2", { self_claim: "1", is_appraised: 1 }),
      line("1.10"),
      line("2"),
      line("3", { self_claim: "5" }),
    ]);
    const model = await opened(as_appraiser);
    assert.deepEqual(
      model.leaves
        .filter(({ code }) => model.is_open(code))
        .map(({ code }) => code),
      ["1.1"]
    );
    model.numbers.unappraised = ["1.2", "2", "3"]; // an external row and another's row are not theirs to do
    assert.deepEqual(
      model.leaves
        .filter(({ code }) => model.is_open(code))
        .map(({ code }) => code),
      ["1.1", "1.2"]
    );
  });

  test("another score or another word on whether it applies wants a reason", async () => {
    keep([
      line("1.1", { appraised_claim: "No" }),
      line("1.2", { appraised_claim: "2", appraisal_note: "Not proved" }),
      line("1.10", { appraised_claim: "1" }),
      line("2", { appraised_applicable: 0 }),
      line("3"),
    ]);
    const of = (text, self_text) => ({ text, self_text });
    const model = await opened({
      ...as_appraiser,
      numbers: {
        lines: { 1.1: of("0", "1"), 1.2: of("1", "2"), "1.10": of("1", "1") },
      },
    });
    assert.deepEqual(
      model.leaves
        .filter(({ code }) => model.differs(code))
        .map(({ code }) => code),
      ["1.1", "1.2", "2"]
    );
    assert.deepEqual(
      model.leaves
        .filter(({ code }) => model.needs_reason(code))
        .map(({ code }) => code),
      ["1.1", "2"]
    );
  });

  test("nothing differs for those who do not see the appraisal yet", async () => {
    keep([
      line("1.1", { appraised_applicable: 0 }),
      ...ROWS.slice(2).map(({ code }) => line(code)),
    ]);
    const model = await opened();
    assert.equal(model.differs("1.1"), false);
  });

  test("progress counts the rows each unit fills, whatever explanations are missing", async () => {
    const gaps = [
      { code: "1.1", field: "self_claim" },
      { code: "1.2", field: "explanation" },
    ];
    const model = await opened({ numbers: { gaps } });
    assert.deepEqual(model.progress(), { done: 2, all: 3 });
  });

  test("rejected documents do not count", async () => {
    const evidence = [
      { codes: ["1.1"], status: "Rejected" },
      { codes: ["1.1", "1.2"], status: "New" },
    ];
    const model = await opened({ evidence });
    model.count_evidence();
    assert.deepEqual(
      [
        model.line("1.1").evidence_count,
        model.line("1.2").evidence_count,
        model.line("3").evidence_count,
      ],
      [1, 1, 0]
    );
  });

  test("answered are the rows changed since the return and those whose question is answered", async () => {
    keep([
      line("1.1", { answered: 1 }),
      ...ROWS.slice(2).map(({ code }) => line(code)),
    ]);
    const queries = [
      { code: "1.2", state: "Answered" },
      { code: "3", state: "Sent" },
    ];
    const model = await opened({ queries });
    assert.deepEqual([...model.answered()].sort(), ["1.1", "1.2"]);
  });
});

describe("several rows at once", () => {
  test("accepting takes the unit's own word, and only for rows nobody has decided", async () => {
    keep([
      line("1.1", { self_claim: "Yes" }),
      line("1.2", {
        self_claim: "2",
        appraised_claim: "1",
        appraised_by: "a@b.vn",
        appraised_applicable: 1,
      }),
      line("1.10", { applicable: 0, appraised_applicable: 1 }),
      line("2", { self_claim: "80" }),
      line("3", { self_claim: "5" }),
    ]);
    const of = (text, self_text) => ({ text, self_text });
    const model = await opened({
      ...as_appraiser,
      numbers: { lines: { 1.2: of("1", "2") } },
    });
    const rows = model.acceptable_below("1");
    assert.deepEqual(
      rows.map(({ code }) => code),
      ["1.1", "1.10"]
    );
    rows.forEach((row) => model.accept(row));
    assert.deepEqual(
      [model.line("1.1").appraised_claim, model.line("1.1").is_appraised],
      ["Yes", 1]
    );
    assert.equal(model.line("1.10").appraised_applicable, 0);
    assert.deepEqual(model.acceptable_below("1"), []);
  });

  test("free rows are those the unit fills in and no open task holds", async () => {
    const tasks = [
      { codes: ["1.1"], state: "Open" },
      { codes: ["1.2"], state: "Done" },
    ];
    const model = await opened({ tasks });
    assert.deepEqual(
      model.free_rows().map(({ code }) => code),
      ["1.2", "1.10", "3"]
    );
    assert.deepEqual(model.free_rows("1.1"), []);
  });

  test("nothing can be typed where the form is read-only", async () => {
    const model = await opened({ may: { claim: true, appraise: true } });
    assert.deepEqual([model.may_claim, model.may_appraise], [true, true]);
    model.frm.read_only = true;
    assert.deepEqual([model.may_claim, model.may_appraise], [false, false]);
  });
});

describe("filters", () => {
  test("each counts the rows it shows", async () => {
    keep([
      line("1.1", { answered: 1 }),
      ...ROWS.slice(2).map(({ code }) => line(code)),
    ]);
    const model = await opened({
      may: { claim: true, plan: true },
      numbers: {
        gaps: [{ code: "1.2", field: "self_claim" }],
        missing_evidence: ["1.1", "3"],
      },
      tasks: [
        { codes: ["1.1"], state: "Open", mine: true },
        { codes: ["1.2"], state: "Done", mine: true },
      ],
    });
    const counted = Object.fromEntries(
      filters_for(model).map(({ key, count }) => [key, count])
    );
    assert.deepEqual(counted, {
      all: 5,
      open: 1,
      evidence: 2,
      mine: 1,
      free: 2,
      differs: 0,
      answered: 1,
    });
    for (const { key, count } of filters_for(model)) {
      assert.equal(
        model.leaves.filter(({ code }) => filter_by_key(key).holds(model, code))
          .length,
        count
      );
    }
  });

  test("where nothing is shared out, nothing is called given to nobody", async () => {
    const model = await opened({ may: { plan: true } });
    assert.equal(filters_for(model).find(({ key }) => key === "free").count, 0);
  });

  test("what is open has the name of one's own work", async () => {
    const name_of_open = (model) =>
      filters_for(model).find(({ key }) => key === "open").text;
    assert.equal(name_of_open(await opened()), "To complete");
    assert.equal(name_of_open(await opened(as_appraiser)), "To appraise");
  });
});
