// Texts from before plain text was asked for are shown as they stand, and run nowhere: forms, lists, report views,
// prints, reports and pages of ours, as the appraisal lead sees them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { Desk, make_campaign, open_browser } from "./desk.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const LIMIT = { timeout: 20 * 60_000 };
const OLD = `"Sở A & B <img src=x onerror='window.__ran=1'> 1 < 2"`;
const REPORTS = [
  "PAR Rankings",
  "PAR Award Proposals",
  "PAR Campaign Progress",
  "PAR Evidence List",
  "PAR Heat Map",
  "PAR Most Cut Criteria",
  "PAR Self versus Appraised",
  "PAR Year on Year",
];
let browser, made, documents, units;

before(async () => {
  made = make_campaign({ KT1: "Under Appraisal", KT2: "Appraised" });
  ({ documents, units } = JSON.parse(
    old_texts(process.env.PAR_SITE, made.campaign, OLD)
  ));
  browser = await open_browser();
}, LIMIT);
after(() => {
  if (units) old_texts("restore", process.env.PAR_SITE, units);
  return browser?.close();
});

function old_texts(...words) {
  const command = ["python", join(HERE, "old_texts.py"), ...words];
  const printed = execFileSync(join(HERE, "..", "..", "dev", "par"), command, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return printed.trim().split("\n").pop();
}

function addresses() {
  const found = [];
  for (const [doctype, name] of Object.entries(documents)) {
    const slug = doctype.toLowerCase().replaceAll(" ", "-");
    found.push(
      `/app/${slug}/${encodeURIComponent(name)}`,
      `/app/${slug}/view/list`,
      `/app/${slug}/view/report`
    );
    found.push(
      `/printview?${new URLSearchParams({ doctype, name, format: "Standard" })}`
    );
  }
  const campaign = new URLSearchParams({ campaign: made.campaign });
  found.push(
    ...REPORTS.map(
      (report) => `/app/query-report/${encodeURIComponent(report)}?${campaign}`
    )
  );
  return [
    ...found,
    `/app/par-appraisal-grid?${campaign}`,
    "/app/par-emulation",
  ];
}

async function settled(page) {
  await page
    .waitForLoadState("networkidle", { timeout: 20_000 })
    .catch(() => {}); // realtime may keep polling
  await page
    .waitForFunction(
      () => document.body.innerText.includes("Sở A & B <img"),
      null,
      { timeout: 4_000 }
    )
    .catch(() => {}); // not every place shows one
  await page.waitForTimeout(500);
}

test("old texts run nowhere and are read as they stand", LIMIT, async () => {
  const desk = await Desk.of(browser, made.users.lead);
  const ran = [];
  let read = 0;
  for (const address of addresses()) {
    await desk.page.goto(new URL(address, process.env.PAR_URL).href, {
      waitUntil: "domcontentloaded",
    });
    await settled(desk.page);
    if (await desk.page.evaluate(() => window.__ran)) ran.push(address);
    const text = await desk.page.evaluate(() => document.body.innerText);
    assert.ok(!text.includes("&amp;"), `${address}: escaped twice`);
    read += text.includes("Sở A & B <img") ? 1 : 0;
  }
  console.log(`${addresses().length} places, the text read at ${read} of them`);
  assert.deepEqual(ran, []);
  assert.ok(read > 10);
  await desk.close();
});
