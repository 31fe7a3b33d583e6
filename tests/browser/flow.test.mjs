// One scorecard from its first claim to the award, clicked through by the people whose step it is.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, make_campaign, open_browser, t, until } from "./desk.mjs";

const LIMIT = { timeout: 15 * 60_000 };
let browser, made;

before(async () => {
  made = make_campaign({ KT2: "Appraised", KT3: "Appraised" });
  browser = await open_browser();
}, LIMIT);
after(() => browser?.close());

async function at(name, work) {
  const desk = await Desk.of(browser, made.users[name]);
  try {
    return await work(desk);
  } catch (error) {
    await desk.shot(`failed-${name}`);
    throw error;
  } finally {
    await desk.close();
  }
}

test("a unit user fills in the score sheet and adds evidence", LIMIT, () =>
  at("staff.kt1", async (desk) => {
    await desk.open_scorecard(made.cards.KT1);
    await desk
      .row("1.1.1")
      .locator(".par-claimed .par-yes-no label")
      .first()
      .click();
    await desk
      .row("1.1.2")
      .locator(".par-claimed select")
      .selectOption("Đủ và đúng hạn");
    await desk
      .row("1.1.2")
      .locator(".par-claimed textarea")
      .fill("Báo cáo đủ 4 quý.");
    await desk.row("1.1.3").locator(".par-claimed input").first().fill("5");
    await desk.row("2.1").locator(".par-claimed input").first().fill("90,5");
    await desk
      .row("2.2")
      .locator(".par-claimed input[type=text]")
      .first()
      .fill("85");
    await desk.row("2.3").locator("[data-number=a]").fill("92");
    await desk.row("2.3").locator("[data-number=b]").fill("100");
    await desk.row("9.1").locator(".par-claimed input").first().fill("1");
    await desk.save();
    await desk.shot("score-sheet");

    await desk.row("1.1.1").locator(".par-evidence button").last().click();
    const dialog = desk.page.locator(".modal.show");
    await dialog
      .locator('[data-fieldname="title"] input')
      .fill("Kế hoạch CCHC năm 2024");
    await dialog
      .locator('[data-fieldname="document_number"] input')
      .fill("12/KH-KT1");
    await dialog
      .locator('[data-fieldname="reference"] textarea')
      .fill("Hệ thống quản lý văn bản");
    await dialog.locator(".btn-modal-primary").click();
    await desk
      .row("1.1.1")
      .locator(".par-evidence", { hasText: "12/KH-KT1" })
      .waitFor();

    const missing = await desk.page.evaluate(
      async (scorecard) =>
        (
          await frappe.xcall(
            "par_campaign.par_campaign.doctype.par_unit_scorecard.sheet.load",
            { scorecard }
          )
        ).numbers.missing_evidence,
      made.cards.KT1
    );
    assert.deepEqual(missing, []);
    const claims = await desk.page.evaluate(() =>
      Object.fromEntries(cur_frm.doc.lines.map((l) => [l.code, l.self_claim]))
    );
    assert.equal(claims["2.1"], "90.5");
    assert.equal(claims["2.3"], "a=92; b=100");
  })
);

test(
  "the unit's head hands it in, and staff can no longer change it",
  LIMIT,
  async () => {
    await at("head.kt1", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      await desk.step("Hand In", { confirm: true });
      await desk.until_state("Submitted");
      await desk.shot("handed-in");
    });
    await at("staff.kt1", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      assert.equal(
        await desk.row("1.1.3").locator(".par-claimed input").count(),
        0
      );
    });
  }
);

test("another unit does not get to see it", LIMIT, () =>
  at("head.kt2", async (desk) => {
    const status = await desk.page.evaluate(
      async (name) =>
        (await fetch(`/api/resource/PAR Unit Scorecard/${name}`)).status,
      made.cards.KT1
    );
    assert.equal(status, 403);
  })
);

test(
  "the lead returns it, the unit answers, the lead changes a score and closes",
  LIMIT,
  async () => {
    await at("lead", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      await desk.step("Begin Appraisal");
      await desk.until_state("Under Appraisal");
      await desk.step("Return for Supplement", {
        confirm: true,
        fill: { return_note: "1.1.3: giải trình thêm" },
      });
      await desk.until_state("Returned");
    });
    await at("head.kt1", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      await desk.page.getByText("1.1.3: giải trình thêm").first().waitFor();
      await desk.shot("returned");
      await desk
        .row("1.1.3")
        .locator(".par-claimed textarea")
        .fill("Đã tổ chức 12 buổi tuyên truyền.");
      await desk.save();
      await desk.step("Hand In Again", { confirm: true });
      await desk.until_state("Under Appraisal");
    });
    await at("lead", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      await desk
        .row("1.1.3")
        .locator(".par-appraised input")
        .first()
        .fill("4,5");
      await desk
        .row("1.1.3")
        .locator(".par-appraised textarea")
        .fill("Hai buổi không có biên bản.");
      await desk.save();
      await desk.shot("appraisal");
      await desk.step("Close Appraisal", { confirm: true });
      await desk.until_state("Appraised");
      assert.equal(
        await desk.value("PAR Appraisal", `${made.cards.KT1}-R1`, "docstatus"),
        1
      );
    });
  }
);

test(
  "the manager publishes, the secretary proposes from the report",
  LIMIT,
  async () => {
    await at("manager", async (desk) => {
      await desk.open("PAR Campaign", made.campaign);
      await desk.step("Publish Results", { confirm: true });
      await desk.until_state("Results Published");
      await desk.shot("published");
    });
    await at("secretary", async (desk) => {
      const report = encodeURIComponent("PAR Award Proposals");
      await desk.page.goto(
        `${process.env.PAR_URL}/app/query-report/${report}?campaign=${made.campaign}`
      );
      await desk.page
        .locator(".dt-row", { hasText: "Sở Kiểm thử Một" })
        .waitFor();
      await desk.shot("award-report");
      await desk.page
        .locator(".dt-row", { hasText: "Sở Kiểm thử Một" })
        .locator("input[type=checkbox]")
        .check();
      await desk.page
        .getByRole("button", { name: t("Propose Selected") })
        .click();
      const filters = { scorecard: made.cards.KT1 };
      made.proposal = await until(() =>
        desk.value("PAR Award Proposal", filters, "name")
      );
    });
  }
);

test("the council votes and the chairman awards", LIMIT, async () => {
  await at("secretary", async (desk) => {
    await desk.open("PAR Award Proposal", made.proposal);
    await desk.step("Send to Council");
    await desk.until_state("Council");
    await desk.page.getByRole("button", { name: t("Take Down Votes") }).click();
    const votes = desk.page.locator(".modal.show");
    await votes.locator(".par-all-for").click();
    await votes.locator(".par-verdict.par-passed").waitFor();
    await votes.locator(".btn-modal-primary").click();
    await desk.page.waitForFunction(
      () => !cur_frm.is_dirty() && cur_frm.doc.votes_for
    );
    assert.equal(await desk.page.evaluate(() => cur_frm.doc.votes_for), 3);
    await desk.shot("votes");
    await desk.step("Submit to Chairman", { confirm: true });
    await desk.until_state("Submitted to Chairman");
  });
  await at("chairman", async (desk) => {
    await desk.open("PAR Award Proposal", made.proposal);
    const fill = { decision_number: "01/QĐ-UBND", signatory: "Chủ tịch" };
    await desk.step("Award", { confirm: true, fill });
    await desk.until_state("Awarded");
    await desk.shot("awarded");
    assert.equal(
      await desk.value("PAR Unit Scorecard", made.cards.KT1, "workflow_state"),
      "Awarded"
    );
  });
});
