// Every report opens at the first go: by itself or by a link that names a campaign, with its headers in full.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, open_browser } from "./desk.mjs";

const LIMIT = { timeout: 10 * 60_000 };
const CAMPAIGN = "PAR-2020-01"; // the published sample, all appraised
const REPORTS = [
  "PAR Rankings",
  "PAR Award Proposals",
  "PAR Campaign Progress",
  "PAR Heat Map",
  "PAR Self versus Appraised",
  "PAR Most Cut Criteria",
  "PAR Evidence List",
];
let browser, desk, faults, runs;

before(async () => {
  browser = await open_browser();
  const { user, password } = JSON.parse(process.env.PAR_USERS).find(
    ({ role }) => role === "PAR Campaign Manager"
  );
  desk = await Desk.of(browser, user, password);
  [faults, runs] = [[], []];
  desk.page.on("pageerror", (error) =>
    faults.push(String(error?.message || error))
  );
  desk.page.on("request", (request) => {
    if (request.url().includes("frappe.desk.query_report.run"))
      runs.push(request.url());
  });
}, LIMIT);
after(() => browser?.close());

async function open(report, query = "") {
  // what is still being asked of the server when a page is left ends as an error of its own
  await desk.page.waitForFunction(() => !window.frappe?.request?.ajax_count);
  runs.length = 0;
  const answered = desk.page.waitForResponse((response) =>
    response.url().includes("frappe.desk.query_report.run")
  );
  await desk.page.goto(
    `${process.env.PAR_URL}/app/query-report/${encodeURIComponent(report)}${query}`,
    { waitUntil: "commit" }
  );
  faults.length = 0; // those of the page that was left
  await answered;
  // the newest campaign may have nothing to show yet; the one asked for has
  if (query)
    await desk.page.locator(".datatable.par-table .dt-row-0").first().waitFor();
  else
    await desk.page.waitForFunction(() =>
      window.location.search.includes("campaign=")
    ); // written once it is done
}

// Headers whose text needs more room than they have; an area's title, a sentence, may be cut.
function cut_headers() {
  const heads = [
    ...document.querySelectorAll(".par-table .dt-row-header .dt-cell__content"),
  ];
  const is_cut = (head) =>
    head.scrollWidth > head.clientWidth + 1 ||
    head.scrollHeight > head.clientHeight + 1;
  return heads
    .filter(is_cut)
    .map((head) => head.textContent.trim())
    .filter((text) => text && !/^\d+\. /.test(text));
}

for (const report of REPORTS) {
  test(`${report} opens by a link and by itself`, LIMIT, async () => {
    await open(report, `?campaign=${CAMPAIGN}`);
    assert.deepEqual(faults, []);
    assert.equal(runs.length, 1); // not once more, and not too early
    assert.deepEqual(await desk.page.evaluate(cut_headers), []);
    await open(report);
    assert.deepEqual(faults, []);
    assert.equal(runs.length, 1);
    assert.equal(
      await desk.page.evaluate(() =>
        Boolean(frappe.query_report.get_filter_value("campaign"))
      ),
      true
    );
  });
}

test(
  "the numbers beside a chart differ and are written in Vietnamese",
  LIMIT,
  async () => {
    await open("PAR Self versus Appraised", `?campaign=${CAMPAIGN}`);
    const axis = await desk.page
      .locator(".chart-container:visible .y.axis text")
      .allTextContents();
    assert.equal(new Set(axis).size, axis.length, `written alike: ${axis}`);
    assert.ok(
      axis.every((text) => !text.includes(".")),
      String(axis)
    );
    await desk.shot("self-versus-appraised");
  }
);
