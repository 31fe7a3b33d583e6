// The council's grid: one criterion over all units, nobody's own unit, and two members on the same row.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, make_campaign, open_browser, t } from "./desk.mjs";

const LIMIT = { timeout: 10 * 60_000 };
const CODE = "1.1.3";
let browser, made, member, lead;

before(async () => {
  made = make_campaign({
    KT1: "Under Appraisal",
    KT2: "Under Appraisal",
    KT3: "Under Appraisal",
  });
  browser = await open_browser();
}, LIMIT);
after(() => browser?.close());

const row = (desk, unit) =>
  desk.page.locator(`.par-grid tr[data-unit="${unit}"]`);
const score = (desk, unit) =>
  row(desk, unit).locator(".par-appraised input[type=text]");
const note = (desk, unit) => row(desk, unit).locator(".par-grid-note textarea");
const work = (desk) => desk.page.locator(`.par-work-row[data-code="${CODE}"]`);

async function open_grid(name) {
  const desk = await Desk.of(browser, made.users[name]);
  const place = new URLSearchParams({
    campaign: made.campaign,
    unit_group: made.group,
    code: CODE,
  });
  await desk.page.goto(
    `${process.env.PAR_URL}/app/par-appraisal-grid?${place}`
  );
  await desk.page.locator(".par-grid-head", { hasText: CODE }).waitFor();
  return desk;
}

// Claim and reason as the server has them.
async function stored(desk, unit) {
  return desk.page.evaluate(
    async ([name, code]) => {
      const card = await frappe.xcall("frappe.client.get", {
        doctype: "PAR Unit Scorecard",
        name,
      });
      const { appraised_claim, appraisal_note, appraised_by } = card.lines.find(
        (line) => line.code === code
      );
      return [appraised_claim, appraisal_note, appraised_by];
    },
    [made.cards[unit], CODE]
  );
}

async function save(desk) {
  const answered = desk.page.waitForResponse((response) =>
    response.url().includes("save_grid")
  );
  await desk.page.locator(".par-grid-save").click();
  return (await (await answered).json()).message;
}

test(
  "a member appraises a criterion over all units, but not their own",
  LIMIT,
  async () => {
    [member, lead] = [await open_grid("member.kt3"), await open_grid("lead")];
    await score(member, "KT1").waitFor();
    assert.equal(
      await row(member, "KT3").locator("input, textarea, select").count(),
      0
    );
    await row(member, "KT3").getByText(t("Your own unit")).waitFor();
    assert.match(await work(member).textContent(), /0 \/ 2/);
    assert.match(await work(lead).textContent(), /0 \/ 3/);

    await score(member, "KT1").fill("3,5");
    await note(member, "KT1").fill("Một buổi không có biên bản.");
    await score(member, "KT2").press("Enter"); // units stand by name: KT3, KT2, KT1
    assert.ok(
      await score(member, "KT1").evaluate(
        (input) => input === document.activeElement
      )
    );
    await row(member, "KT2").locator(".par-accept").click();
    await member.shot("council-grid");
    assert.equal((await save(member)).saved, 2);
    assert.deepEqual(await stored(member, "KT1"), [
      "3.5",
      "Một buổi không có biên bản.",
      made.users["member.kt3"],
    ]);
    assert.equal((await stored(member, "KT2"))[0], "4");
    await member.page.waitForFunction(
      (code) =>
        document
          .querySelector(`.par-work-row[data-code="${code}"]`)
          .textContent.includes("2 / 2"),
      CODE
    );
  }
);

test("their own unit is refused by the server as well", LIMIT, async () => {
  const answer = await member.page.evaluate(
    ([campaign, unit_group, code, scorecard]) =>
      frappe.xcall(
        "par_campaign.par_campaign.page.par_appraisal_grid.grid.save_grid",
        {
          campaign,
          unit_group,
          code,
          rows: [{ scorecard, stamp: "", appraised_claim: "1" }],
        }
      ),
    [made.campaign, made.group, CODE, made.cards.KT3]
  );
  assert.equal(answer.saved, 0);
  assert.equal((await stored(lead, "KT3"))[0], "4");
});

test(
  "what somebody else has entered meanwhile is shown, and the lead decides",
  LIMIT,
  async () => {
    await score(lead, "KT1").fill("4,5");
    await note(lead, "KT1").fill("Biên bản đã có trong hồ sơ.");
    await score(lead, "KT3").fill("5");
    await note(lead, "KT3").fill("Vượt kế hoạch.");
    assert.equal((await save(lead)).saved, 0); // all or none
    await row(lead, "KT1")
      .locator(".par-grid-conflict", { hasText: "3,5" })
      .waitFor();
    await lead.shot("council-conflict");
    assert.equal((await stored(lead, "KT3"))[0], "4");
    assert.equal(await score(lead, "KT1").inputValue(), "4,5"); // nothing typed is lost

    await row(lead, "KT1")
      .getByRole("button", { name: t("Keep Mine") })
      .click();
    assert.equal((await save(lead)).saved, 2);
    assert.deepEqual(await stored(lead, "KT1"), [
      "4.5",
      "Biên bản đã có trong hồ sơ.",
      made.users.lead,
    ]);
    assert.equal((await stored(lead, "KT3"))[0], "5");
  }
);
