// Workbooks as the people who use them: taken down, filled in, brought back, looked at, applied.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Desk, make_campaign, open_browser, t, until } from "./desk.mjs";

const LIMIT = { timeout: 15 * 60_000 };
const HERE = dirname(fileURLToPath(import.meta.url));
const GROUP = "Nhóm đơn vị kiểm thử";
let browser, made, folder;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "par-excel-"));
  made = make_campaign({ KT2: "Appraised", KT3: "Submitted" });
  browser = await open_browser();
}, LIMIT);
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function at(name, work) {
  const desk = await Desk.of(browser, made.users[name]);
  try {
    await desk.page.waitForFunction(() => window.frappe?.xcall && frappe.boot);
    return await work(desk);
  } catch (error) {
    await desk.shot(`failed-excel-${name}`);
    throw error;
  } finally {
    await desk.close();
  }
}

// A workbook through openpyxl, as workbook.py does it.
function by_openpyxl(...words) {
  execFileSync(
    join(HERE, "..", "..", "dev", "par"),
    ["python", join(HERE, "workbook.py"), ...words],
    { stdio: ["ignore", "pipe", "inherit"] }
  );
}

// The file behind a link of the page, fetched with the page's own log-in.
async function saved(desk, href, name) {
  const answer = await desk.page
    .context()
    .request.get(new URL(href, process.env.PAR_URL).href);
  assert.equal(answer.status(), 200, href);
  const path = join(folder, name);
  writeFileSync(path, await answer.body());
  assert.equal(readFileSync(path).subarray(0, 2).toString(), "PK");
  return path;
}

// The form's Excel menu, then its entry.
async function excel_menu(desk, entry) {
  const group = desk.page.locator(
    `.inner-group-button[data-label="${encodeURIComponent(t("Excel"))}"]:visible`
  );
  await group.locator("button").click();
  await group.locator(".dropdown-item", { hasText: t(entry) }).click();
}

async function open_dialog(desk) {
  await excel_menu(desk, "Bring In");
  const dialog = desk.page.locator(".modal.show:has(.par-pick)");
  await dialog.waitFor();
  return dialog;
}

const pick = (dialog, path) =>
  dialog.locator("input[type=file]").setInputFiles(path);
const cells = (dialog) =>
  dialog
    .locator("tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.cells].map((cell) => cell.textContent))
    );

async function apply(desk, dialog) {
  await dialog.locator(".btn-modal-primary:not([disabled])").click();
  await dialog.waitFor({ state: "hidden" });
}

test(
  "a unit fills its score sheet in offline: a fault is named and nothing written, then all is taken",
  LIMIT,
  () =>
    at("staff.kt1", async (desk) => {
      await desk.open_scorecard(made.cards.KT1);
      const dialog = await open_dialog(desk);
      const sheet = await saved(
        desk,
        await dialog.locator("a[href*=download]").getAttribute("href"),
        "sheet.xlsx"
      );

      const wrong = join(folder, "wrong.xlsx");
      by_openpyxl(
        "edit",
        sheet,
        wrong,
        JSON.stringify({ "1.1.3/Đơn vị tự": 4.3, "2.1/Đơn vị tự": "90,5" })
      );
      await pick(dialog, wrong);
      await dialog.locator(".par-faults").waitFor();
      await desk.shot("excel-sheet-fault");
      assert.match(
        await dialog.locator(".par-faults li").first().textContent(),
        /!G\d+ .*0,5/
      );
      assert.ok(await dialog.locator(".btn-modal-primary").isDisabled());

      const right = join(folder, "right.xlsx");
      by_openpyxl(
        "edit",
        sheet,
        right,
        JSON.stringify({
          "1.1.3/Đơn vị tự": 4.5,
          "2.1/Đơn vị tự": "90,5",
          "2.2/Áp dụng": "Không",
          "2.3#a/Đơn vị tự": 92,
          "2.3#b/Đơn vị tự": 100,
          "1.1.3/Giải trình": "- 12 buổi tuyên truyền",
        })
      );
      await pick(dialog, right);
      await dialog.locator("tbody tr").nth(4).waitFor();
      await desk.shot("excel-sheet-changes");
      const rows = (await cells(dialog)).map(([code, , what, now, wanted]) => [
        code,
        what,
        now,
        wanted,
      ]);
      assert.deepEqual(
        rows.find(([code]) => code === "2.1"),
        ["2.1", t("Claim"), "", "90,5 %"]
      );
      assert.equal(rows.length, 5);
      const before = await desk.page.evaluate(
        () => cur_frm.doc.lines.filter((line) => line.self_claim).length
      );
      assert.equal(before, 0);
      await apply(desk, dialog);
      await desk.page.waitForFunction(() =>
        cur_frm.doc.lines.some((line) => line.self_claim)
      );
      const claims = await desk.page.evaluate(() =>
        Object.fromEntries(
          cur_frm.doc.lines.map((line) => [line.code, line.self_claim])
        )
      );
      assert.deepEqual(
        Object.fromEntries(Object.entries(claims).filter(([, claim]) => claim)),
        { "1.1.3": "4.5", 2.1: "90.5", 2.3: "a=92; b=100" }
      );
      await desk
        .row("1.1.3")
        .locator(".par-claimed .par-points", { hasText: "4,5" })
        .waitFor();
      await desk.shot("excel-sheet-applied");
      // the upload is deleted once it was read
      await until(() =>
        desk.page.evaluate(
          async () =>
            (await frappe.db.count("File", {
              filters: { file_name: ["like", "right%"] },
            })) === 0
        )
      );
    })
);

test(
  "the manager brings a decision's annex in: faults by cell, bands asked about, then the criteria replaced",
  LIMIT,
  () =>
    at("manager", async (desk) => {
      const name = await desk.page.evaluate(async (unit_group) => {
        const doc = {
          doctype: "PAR Criteria Set",
          title: "Bộ tiêu chí theo quyết định",
          year: 2025,
          unit_group,
        };
        return (await frappe.xcall("frappe.client.insert", { doc })).name;
      }, GROUP);
      await desk.open("PAR Criteria Set", name);
      let dialog = await open_dialog(desk);
      const annex = join(folder, "annex.xlsx");
      by_openpyxl("annex", annex);
      await pick(dialog, annex);
      await dialog
        .locator(".par-faults li", { hasText: "C11" })
        .first()
        .waitFor();
      assert.ok(
        await dialog
          .locator("tr.par-faulty", { hasText: "Văn bản quy phạm" })
          .count()
      );
      await desk.shot("excel-annex-fault");

      const mended = join(folder, "mended.xlsx");
      by_openpyxl("edit", annex, mended, JSON.stringify({ C11: 5 }));
      await pick(dialog, mended);
      await dialog.locator(".par-question").waitFor();
      await desk.shot("excel-annex-questions");
      assert.ok(await dialog.locator(".btn-modal-primary").isDisabled());
      await dialog.locator(".par-question button[data-choice=upper]").click();
      await dialog.locator(".par-question").waitFor({ state: "detached" });
      await desk.shot("excel-annex-ready");
      await apply(desk, dialog);
      await desk.page.waitForFunction(() => cur_frm.doc.criteria.length === 5);
      const rules = await desk.page.evaluate(() =>
        Object.fromEntries(
          cur_frm.doc.criteria
            .filter((row) => row.rule)
            .map((row) => [row.code, row.rule])
        )
      );
      assert.deepEqual(rules, { 1.1: "Choice", 1.2: "Tiers", 2.1: "Direct" });
      await desk.shot("excel-annex-applied");

      // what is exported comes back as the same set
      dialog = await open_dialog(desk);
      const own = await saved(
        desk,
        await dialog.locator("a[href*=download]").getAttribute("href"),
        "own.xlsx"
      );
      await pick(dialog, own);
      await dialog.locator(".btn-modal-primary:not([disabled])").waitFor();
      assert.equal(
        await dialog.locator(".par-questions, .par-faults").count(),
        0
      );
      await desk.shot("excel-own-template");
    })
);

test(
  "the lead brings survey values in, and the points follow when they are submitted",
  LIMIT,
  () =>
    at("lead", async (desk) => {
      const name = await desk.page.evaluate(async (campaign) => {
        const doc = {
          doctype: "PAR External Result",
          campaign,
          criterion_code: "3.1",
          source: "SIPAS lần 2",
          document_number: "10/BC",
          document_date: "2024-12-15",
        };
        return (await frappe.xcall("frappe.client.insert", { doc })).name;
      }, made.campaign);
      await desk.open("PAR External Result", name);
      const dialog = await open_dialog(desk);
      const table = await saved(
        desk,
        await dialog.locator("a[href*=download]").getAttribute("href"),
        "values.xlsx"
      );
      const wrong = join(folder, "wrong-values.xlsx");
      by_openpyxl(
        "edit",
        table,
        wrong,
        JSON.stringify({ "KT1/Kết quả": 120, "KT2/Kết quả": "85,5" })
      );
      await pick(dialog, wrong);
      await dialog.locator(".par-faults li").waitFor();
      await desk.shot("excel-values-fault");
      const right = join(folder, "values-filled.xlsx");
      by_openpyxl(
        "edit",
        table,
        right,
        JSON.stringify({ "KT1/Kết quả": 95, "KT2/Kết quả": "85,5" })
      );
      await pick(dialog, right);
      await dialog.locator("tbody tr").nth(1).waitFor();
      assert.deepEqual(
        (await cells(dialog)).map((row) => row.slice(-1)[0]),
        ["95", "85,5"]
      );
      await desk.shot("excel-values");
      await apply(desk, dialog);
      await desk.page.waitForFunction(
        () => cur_frm.doc.external_values.length === 2
      );
      await desk.page.evaluate(() => void cur_frm.savesubmit());
      await desk.page
        .locator(".modal.show .btn-primary:visible")
        .first()
        .click();
      await desk.page.waitForFunction(() => cur_frm.doc.docstatus === 1);
      await desk.open_scorecard(made.cards.KT1);
      const line = await desk.page.evaluate(() =>
        cur_frm.doc.lines.find((one) => one.code === "3.1")
      );
      assert.equal(line.external_value, 95);
      assert.equal(line.self_score, 9.5);
    })
);

test(
  "the lead has the consolidated workbook made and takes it down",
  LIMIT,
  () =>
    at("lead", async (desk) => {
      await desk.page.goto(
        `${process.env.PAR_URL}/app/query-report/PAR%20Rankings?campaign=${made.campaign}`
      );
      await desk.page
        .locator(".dt-row", { hasText: "Sở Kiểm thử Hai" })
        .first()
        .waitFor();
      const group = desk.page.locator(
        `.inner-group-button[data-label="${encodeURIComponent(t("Print List"))}"]:visible`
      );
      await group.locator("button").click();
      await group
        .locator(".dropdown-item", { hasText: t("Consolidated Workbook") })
        .click();
      await desk.page.locator(".modal.show .btn-modal-primary:visible").click();
      const ready = () =>
        desk.page.evaluate(async (campaign) => {
          const found = await frappe.xcall(
            "par_campaign.documents.jobs.status",
            { kind: "consolidated", campaign }
          );
          if (found.status === "Failed") throw new Error(found.error);
          return found.status === "Ready" && found.file;
        }, made.campaign);
      await saved(desk, await until(ready), "consolidated.xlsx");
      await desk.shot("excel-consolidated");
    })
);
