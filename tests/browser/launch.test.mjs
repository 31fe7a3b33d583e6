// A campaign from its plan to the launch, as the manager enters it in the form.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, make_campaign, open_browser, t } from "./desk.mjs";

const LIMIT = { timeout: 10 * 60_000 };
const GROUP = "Nhóm đơn vị kiểm thử";
const SET = "Bộ tiêu chí kiểm thử";
let browser, made;

before(async () => {
  made = make_campaign({});
  browser = await open_browser();
}, LIMIT);
after(() => browser?.close());

async function new_campaign(desk) {
  await desk.page.goto(`${process.env.PAR_URL}/app/par-campaign/new`);
  await desk.page.waitForFunction(
    () => window.cur_frm?.doctype === "PAR Campaign" && cur_frm.doc.__islocal
  );
  await desk.set_field(
    "title",
    "Thi đua đẩy mạnh cải cách hành chính năm 2024"
  );
  await desk.set_field("year", "2024");
}

// Type into a link field until the desk offers the document, and take it.
async function choose(desk, input, text) {
  await input.click();
  await input.fill(text);
  await desk.page
    .locator('[role="option"]:visible', { hasText: text })
    .first()
    .click();
}

async function add_group(desk) {
  const grid = desk.page.locator('.frappe-control[data-fieldname="groups"]');
  await grid.locator(".grid-add-row").click();
  const row = grid.locator(".grid-body .grid-row").last();
  for (const [field, text] of [
    ["unit_group", GROUP],
    ["criteria_set", SET],
  ]) {
    await row.locator(`[data-fieldname="${field}"]`).first().click();
    await choose(
      desk,
      row.locator(`[data-fieldname="${field}"] input`).first(),
      text
    );
  }
}

test(
  "a launch without plan, deadline or criteria is refused with what is missing, each with its link",
  LIMIT,
  async () => {
    const desk = await Desk.of(browser, made.users.manager);
    await new_campaign(desk);
    // a state is a link, which Frappe would show as it is stored
    await desk.page
      .locator('.frappe-control[data-fieldname="workflow_state"]:visible', {
        hasText: t("Draft"),
      })
      .waitFor();
    await desk.save();
    await desk.step("Launch");
    const dialog = desk.page.locator(".modal.show", {
      hasText: t("Not Ready to Launch"),
    });
    await dialog.waitFor();
    for (const label of ["Plan No.", "Hand in by"])
      await dialog.getByText(t(label)).first().waitFor();
    await desk.shot("launch-refused");
    assert.equal(
      await desk.page.evaluate(() => cur_frm.doc.workflow_state),
      "Draft"
    );
    await desk.close();
  }
);

test(
  "the manager enters the plan, the groups and the dates, and every unit gets a scorecard",
  LIMIT,
  async () => {
    const desk = await Desk.of(browser, made.users.manager);
    await new_campaign(desk);
    await desk.set_field("plan_number", "55/KH-CCHC");
    await desk.set_field("plan_date", "24-02-2024");
    await add_group(desk);
    await desk.set_field("self_scoring_deadline", "31-12-2099 17:00:00");
    await desk.save();
    const name = await desk.page.evaluate(() => cur_frm.doc.name);
    assert.match(name, /^PAR-2024-\d+$/);
    await desk.step("Launch", { confirm: true });
    await desk.until_state("Launched");
    await desk.shot("launched");
    const cards = await desk.page.evaluate(async (campaign) => {
      const filters = { campaign };
      const rows = await frappe.db.get_list("PAR Unit Scorecard", {
        filters,
        fields: ["unit"],
        order_by: "unit",
      });
      return rows.map(({ unit }) => unit);
    }, name);
    assert.deepEqual(cards, ["KT1", "KT2", "KT3"]);
    await desk.page.getByText("3/3").first().waitFor();
    await desk.close();
  }
);
