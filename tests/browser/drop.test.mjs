// A file dropped on a row of the score sheet becomes private evidence of that row; dropped elsewhere it is private, too.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, make_campaign, open_browser, until } from "./desk.mjs";

const LIMIT = { timeout: 10 * 60_000 };
let browser, made, desk;

before(async () => {
  made = make_campaign({});
  browser = await open_browser();
  desk = await Desk.of(browser, made.users["head.kt1"]);
  await desk.page.goto(
    `${process.env.PAR_URL}/app/par-unit-scorecard/${made.campaign}-KT1`
  );
  await desk.open_scorecard(made.cards.KT1);
}, LIMIT);
after(() => browser?.close());

// As a person drags a file out of a folder.
async function drop(selector, name, text) {
  const data = await desk.page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      return data;
    },
    [name, text]
  );
  await desk.page.dispatchEvent(selector, "dragover", { dataTransfer: data });
  await desk.page.dispatchEvent(selector, "drop", { dataTransfer: data });
}

const files = (filters) =>
  desk.page.evaluate(
    (filters) => frappe.db.get_list("File", { filters, fields: ["*"] }),
    filters
  );

test(
  "a file dropped on a row opens the evidence dialog with it, and is private evidence of the row",
  LIMIT,
  async () => {
    await drop("#par-row-1-1-1 .par-title", "Kế hoạch 55.txt", "kế hoạch");
    const dialog = desk.page.locator(".modal.show");
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /\.pdf .*MB/s);
    assert.equal(
      await dialog.locator("input[data-fieldname=title]").inputValue(),
      "Kế hoạch 55"
    );
    assert.equal(
      await dialog
        .locator("input[type=file]")
        .evaluate((input) => input.files[0].name),
      "Kế hoạch 55.txt"
    );
    await desk.shot("drop-dialog");
    await dialog.locator(".btn-primary:visible").click();
    await until(() => desk.page.locator("#par-row-1-1-1 .par-chip").count());
    await desk.shot("drop-done");
    const [file] = await files({ file_name: "Kế hoạch 55.txt" });
    assert.match(
      file.file_url,
      /^\/private\/files\/par_files\/[0-9a-f]{64}\.txt$/
    );
    assert.deepEqual(
      [file.is_private, file.attached_to_doctype],
      [1, "PAR Evidence Item"]
    );
  }
);

test("what is not taken is said before it is sent", LIMIT, async () => {
  await drop(
    "#par-row-1-1-1 .par-title",
    "trang.html",
    "<script>alert(1)</script>"
  );
  const dialog = desk.page.locator(".modal.show").first();
  await dialog.waitFor();
  await dialog.locator(".btn-primary:visible").click();
  await until(async () =>
    (await desk.page.locator(".msgprint").innerText()).includes("trang.html")
  );
  await desk.shot("drop-refused");
  assert.deepEqual(await files({ file_name: "trang.html" }), []);
});
