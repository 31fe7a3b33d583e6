// The menu "In" by role: a document asked for and handed out, a dossier made in the background, a unit's own papers.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, open_browser, t, until } from "./desk.mjs";

const LIMIT = { timeout: 600_000 };
const CAMPAIGN = "PAR-2020-01";
const MENU = `.inner-group-button[data-label="In"]:visible`; // "Print" in Frappe's own catalogue
const users = JSON.parse(process.env.PAR_USERS);
let browser;

before(async () => (browser = await open_browser()));
after(() => browser.close());

function log_in(role) {
  const { user, password } = users.find((row) => row.role === role);
  return Desk.of(browser, user, password);
}

async function offered(desk) {
  const items = desk.page.locator(`${MENU} .dropdown-item`);
  await items.first().waitFor({ state: "attached" });
  return (await items.allTextContents()).map((text) => text.trim());
}

async function choose(desk, label) {
  await desk.page.locator(`${MENU} > button`).click();
  await desk.page
    .locator(`${MENU} .dropdown-item`, { hasText: t(label) })
    .click();
  return desk.dialog();
}

// The first letters of a file, fetched as the person at this desk.
function beginning(desk, address) {
  return desk.page.evaluate(async (url) => {
    const answer = await fetch(url);
    return answer.ok ? (await answer.text()).slice(0, 4) : `${answer.status}`;
  }, address);
}

test(
  "the secretary is asked for number and addressee once, and gets PDF and Word",
  LIMIT,
  async () => {
    const desk = await log_in("PAR Council Secretary");
    await desk.open("PAR Campaign", CAMPAIGN);
    for (const [number, format, magic] of [
      ["7", "PDF", "%PDF"],
      [null, "Word", "PK"],
    ]) {
      const dialog = await choose(desk, "Submission for Awards");
      const field = dialog.locator('[data-fieldname="document_number"] input');
      if (number) await field.fill(number);
      else assert.equal(await field.inputValue(), "7"); // kept from before
      await desk.shot("print-asked");
      const asked = desk.page
        .context()
        .waitForEvent("request", (request) =>
          request.url().includes("documents.download")
        );
      await dialog.getByRole("button", { name: format, exact: true }).click();
      const start = await beginning(desk, (await asked).url());
      assert.ok(start.startsWith(magic), `${format}: ${start}`);
      await desk.page.waitForFunction(() => !window.cur_dialog?.display);
      await desk.page.bringToFront();
    }
    await desk.close();
  }
);

test(
  "the dossier is made in the background and handed over as a private file",
  LIMIT,
  async () => {
    const desk = await log_in("PAR Council Secretary");
    await desk.open("PAR Campaign", CAMPAIGN);
    const dialog = await choose(desk, "Award Dossier");
    await dialog.getByRole("button", { name: t("Make"), exact: true }).click();
    const link = desk.page.locator(
      '.msgprint a[href*="/private/files/"]:visible'
    );
    await link.waitFor({ timeout: 400_000 });
    const address = await link.getAttribute("href");
    assert.equal(await beginning(desk, address), "%PDF");
    await desk.shot("print-dossier");
    await desk.close();

    const unit = await log_in("PAR Unit Head");
    assert.match(await beginning(unit, address), /^40[34]$/);
    await unit.close();
  }
);

test(
  "the chairman sees how far the dossier is, and has none made",
  LIMIT,
  async () => {
    const desk = await log_in("PAR Chairman");
    await desk.open("PAR Campaign", CAMPAIGN);
    const dialog = await choose(desk, "Award Dossier");
    await until(async () =>
      (await dialog.textContent()).includes(t("Award Dossier"))
    );
    assert.equal(
      await dialog
        .getByRole("button", { name: t("Make"), exact: true })
        .count(),
      0
    );
    await desk.close();
  }
);

test("a unit is offered its own papers and no others", LIMIT, async () => {
  const desk = await log_in("PAR Unit Head");
  await desk.open_scorecard(`${CAMPAIGN}-STC`);
  const own = [
    "Score Sheet",
    "List of Evidence",
    "Summary of Achievements",
    "Assignment Letter",
  ];
  assert.deepEqual(await offered(desk), own.map(t));
  await desk.open("PAR Campaign", CAMPAIGN);
  await desk.page.waitForTimeout(2000);
  assert.equal(await desk.page.locator(MENU).count(), 0);
  await desk.close();
});
