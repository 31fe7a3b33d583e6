// The sample campaign as its users see it: the published table of 2020 comes out of the report.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Desk, open_browser } from "./desk.mjs";

const LIMIT = { timeout: 10 * 60_000 };
const CAMPAIGN = "PAR-2020-01";
const MISPRINTED = "Sở Nông nghiệp và Phát triển nông thôn";
let browser;

before(async () => (browser = await open_browser()), LIMIT);
after(() => browser?.close());

// group, cluster → units with their scores in the order of the source
function published() {
  const text = readFileSync(
    new URL("../data/published_2020.csv", import.meta.url),
    "utf8"
  ).replace(/^\ufeff/, "");
  const cells_of = (line) =>
    line.match(/"[^"]*"|[^,]+/g).map((cell) => cell.replaceAll('"', ""));
  const [head, ...rows] = text.trim().split(/\r?\n/).map(cells_of);
  const at = (name) => head.indexOf(name);
  const table = new Map();
  for (const cells of rows) {
    const [group, cluster = ""] = cells[at("group")]
      .replace("Tiền Giang - ", "")
      .split(" - ");
    const key = `${group} / ${cluster}`;
    table.set(key, [
      ...(table.get(key) || []),
      { unit: cells[at("unit")], score: Number(cells[at("score")]) },
    ]);
  }
  return table;
}

async function log_in(role) {
  const { user, password } = JSON.parse(process.env.PAR_USERS).find(
    (entry) => entry.role === role
  );
  return Desk.of(browser, user, password);
}

test(
  "PAR Rankings gives the published scores, in the published order but for the misprint",
  LIMIT,
  async () => {
    const desk = await log_in("PAR Auditor");
    const rows = await desk.page.evaluate(async (campaign) => {
      const method = "frappe.desk.query_report.run";
      const answer = await frappe.xcall(method, {
        report_name: "PAR Rankings",
        filters: { campaign },
      });
      return answer.result;
    }, CAMPAIGN);
    for (const [key, units] of published()) {
      const ranked = rows.filter(
        (row) => `${row.unit_group} / ${row.cluster || ""}` === key
      );
      const scores = Object.fromEntries(
        ranked.map((row) => [row.unit_name, row.index_score])
      );
      assert.deepEqual(
        scores,
        Object.fromEntries(units.map(({ unit, score }) => [unit, score])),
        key
      );
      const names = (list) => list.filter((name) => name !== MISPRINTED);
      assert.deepEqual(
        names(ranked.map((row) => row.unit_name)),
        names(units.map(({ unit }) => unit)),
        key
      );
    }
    const misprint = rows.find((row) => row.unit_name === MISPRINTED);
    assert.match(misprint.remark, /có thể là lỗi in/);
    await desk.close();
  }
);

test("the secretary reads the ranking and prints it", LIMIT, async () => {
  const desk = await log_in("PAR Council Secretary");
  await desk.page.goto(
    `${process.env.PAR_URL}/app/query-report/PAR%20Rankings?campaign=${CAMPAIGN}`
  );
  await desk.page.locator(".dt-row", { hasText: "99,95" }).first().waitFor();
  await desk.page
    .locator(".chart-container:visible .bar, .chart-wrapper:visible rect.bar")
    .first()
    .waitFor();
  await desk.shot("ranking");
  for (const [format, magic] of [
    ["pdf", "%PDF"],
    ["xlsx", "PK"],
    ["docx", "PK"],
  ]) {
    const start = await desk.page.evaluate(
      async ([kind, wanted, filters]) => {
        const words = new URLSearchParams({
          kind,
          format: wanted,
          filters: JSON.stringify(filters),
        });
        const answer = await fetch(
          `/api/method/par_campaign.documents.download?${words}`
        );
        return answer.ok
          ? (await answer.text()).slice(0, 4)
          : `${answer.status}`;
      },
      ["ranking", format, { campaign: CAMPAIGN }]
    );
    assert.ok(start.startsWith(magic), `${format}: ${start}`);
  }
  await desk.close();
});

test(
  "the auditor goes from a rank down to the rule and the persons behind a row",
  LIMIT,
  async () => {
    const desk = await log_in("PAR Auditor");
    await desk.page.goto(
      `${process.env.PAR_URL}/app/query-report/PAR%20Rankings?campaign=${CAMPAIGN}`
    );
    await desk.page.locator("[data-why]", { hasText: "99,95" }).click();
    const why = await desk.dialog();
    await why.getByText("99,95 / 100 × 100 = 99,95").waitFor();
    for (const code of ["3", "3.2", "3.2.1"])
      await why.locator(`.par-step[data-code="${code}"] > summary`).click();
    const leaf = why.locator('.par-step[data-code="3.2.1"] .par-step-body');
    await leaf.getByText("thutruong.stc@mau.example").waitFor();
    assert.match(
      await leaf.textContent(),
      /Cách chấm: .*Đơn vị \(Thủ trưởng Sở Tài chính, thutruong\.stc@mau\.example\): /s
    );
    await desk.shot("why-rank");
    await desk.close();
  }
);
