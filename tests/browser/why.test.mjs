// A unit asks the score sheet it is filling in how its numbers come about.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, make_campaign, open_browser, t } from "./desk.mjs";

const LIMIT = { timeout: 10 * 60_000 };
let browser, made;

before(async () => {
  made = make_campaign({});
  browser = await open_browser();
}, LIMIT);
after(() => browser?.close());

test(
  "points on a score sheet say how they came about, but only once they are saved",
  LIMIT,
  async () => {
    const desk = await Desk.of(browser, made.users["staff.kt1"]);
    await desk.open_scorecard(made.cards.KT1);
    await desk.row("1.1.3").locator(".par-claimed input").first().fill("4,5");
    await desk.save();
    await desk.page
      .locator('tr[data-heading="1"] .par-sum-self .par-why-link')
      .click();
    const why = await desk.dialog();
    await why.locator('.par-step[data-code="1.1"]').waitFor();
    assert.match(await why.textContent(), /4,5 \(1\.1\.3\).* = 4,5/s);
    await desk.shot("why-unit");
    await why.locator(".btn-modal-close:visible").click();
    await desk.page.waitForFunction(() => !window.cur_dialog?.display);
    await desk.row("1.1.3").locator(".par-claimed input").first().fill("5");
    await desk.row("1.1.3").locator(".par-why-link").first().click();
    await (await desk.dialog())
      .getByText(t("Save first: what is explained is what is saved."))
      .waitFor();
    await desk.close();
  }
);
