// A full second round: a review is asked for, appraised and decided; both rounds side by side; what the
// unit sees of it, and when (this campaign shows later rounds with the published results only).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, make_campaign, open_browser, t } from "./desk.mjs";

const LIMIT = { timeout: 10 * 60_000 };
const CODE = "1.1.3";
const REQUEST = "Biên bản hai buổi đã gửi bổ sung ngày 10/12.";
let browser, made;

before(async () => {
  made = make_campaign({
    KT1: "Appraised",
    KT2: "Appraised",
    KT3: "Appraised",
  });
  browser = await open_browser();
}, LIMIT);
after(() => browser?.close());

async function at(name, work) {
  const desk = await Desk.of(browser, made.users[name]);
  try {
    return await work(desk);
  } catch (error) {
    await desk.shot(`failed-round-${name}`);
    throw error;
  } finally {
    await desk.close();
  }
}

async function answer(desk, text) {
  const dialog = await desk.dialog();
  await dialog.locator('[data-fieldname="text"] textarea').fill(text);
  await dialog.locator(".btn-modal-primary").click();
  await dialog.waitFor({ state: "hidden" });
}

// Rounds of the unit's scorecard that this person may read.
async function rounds_seen(desk) {
  return desk.page.evaluate(
    async (scorecard) =>
      (
        await frappe.xcall(
          "par_campaign.par_campaign.doctype.par_unit_scorecard.sheet.rounds",
          { scorecard }
        )
      ).map(({ round }) => round),
    made.cards.KT1
  );
}

async function rounds_side_by_side(desk, shot) {
  await desk.page.getByRole("button", { name: t("Appraisal Rounds") }).click();
  const dialog = desk.page.locator(".modal.show");
  await dialog
    .locator("th", { hasText: t("Round {0}").replace("{0}", "2") })
    .waitFor();
  await desk.shot(shot);
  return dialog
    .locator(".par-rounds tbody tr", { hasText: CODE })
    .locator("td")
    .allTextContents();
}

test("the unit's staff see the first round, but ask for no review", LIMIT, () =>
  at("staff.kt1", async (desk) => {
    await desk.open_scorecard(made.cards.KT1);
    await desk.row(CODE).locator(".par-appraised").waitFor();
    await desk.shot("review-not-for-staff");
    assert.equal(
      await desk.page
        .getByRole("button", { name: t("Ask for a Review") })
        .count(),
      0
    );
  })
);

test(
  "the unit's head sees the first round and asks for a review of a row",
  LIMIT,
  () =>
    at("head.kt1", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      await desk.row(CODE).locator(".par-appraised").waitFor();
      assert.deepEqual(await rounds_seen(desk), [1]);
      await desk
        .row(CODE)
        .getByRole("button", { name: t("Ask for a Review") })
        .click();
      await answer(desk, REQUEST);
      await desk
        .row(CODE)
        .locator(".par-query-open", { hasText: REQUEST })
        .waitFor();
      await desk.shot("review-asked");
    })
);

test(
  "the lead opens the second round, changes the score, decides and closes",
  LIMIT,
  () =>
    at("lead", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      await desk.row(CODE).getByText(REQUEST).waitFor();
      await desk.step("Reopen Appraisal", { confirm: true });
      await desk.until_state("Under Appraisal");
      await desk.row(CODE).locator(".par-appraised input").first().fill("4,5");
      await desk
        .row(CODE)
        .locator(".par-appraised textarea")
        .fill("Đã có biên bản một buổi.");
      await desk.save();
      await desk
        .row(CODE)
        .getByRole("button", { name: t("Write Outcome") })
        .click();
      await answer(desk, "Chấp nhận một phần.");
      await desk
        .row(CODE)
        .locator(".par-query-closed", { hasText: "Chấp nhận một phần." })
        .waitFor();
      await desk.step("Close Appraisal", { confirm: true });
      await desk.until_state("Appraised");
      assert.equal(
        await desk.value("PAR Appraisal", `${made.cards.KT1}-R2`, "docstatus"),
        1
      );
    })
);

test(
  "both rounds stand side by side with their scores and reasons",
  LIMIT,
  () =>
    at("lead", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      const cells = await rounds_side_by_side(desk, "rounds");
      // number, title, maximum, claimed, then score and reason of each round
      assert.deepEqual(cells.slice(2, 5), ["5", "4", "4"]);
      assert.equal(cells[6], "4,5");
      assert.match(
        cells[7],
        /^Đã có biên bản một buổi\.lead, \d\d-\d\d-\d{4} \d\d:\d\d$/
      ); // why, who and when
    })
);

test(
  "the unit sees the second round when the results are published, and not before",
  LIMIT,
  async () => {
    await at("head.kt1", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      assert.deepEqual(await rounds_seen(desk), [1]);
      assert.equal(await desk.row(CODE).locator(".par-appraised").count(), 0);
      assert.equal(
        await desk.value("PAR Appraisal", `${made.cards.KT1}-R2`, "name"),
        undefined
      );
    });
    await at("manager", async (desk) => {
      await desk.open("PAR Campaign", made.campaign);
      await desk.step("Publish Results", { confirm: true });
      await desk.until_state("Results Published");
    });
    await at("head.kt1", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      assert.equal((await rounds_side_by_side(desk, "rounds-unit"))[6], "4,5");
    });
    await at("head.kt2", async (desk) =>
      assert.deepEqual(
        await rounds_seen(desk).catch(() => "refused"),
        "refused"
      )
    );
  }
);
