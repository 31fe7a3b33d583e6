// What the browser tests share: a desk to log in to, and its buttons by their translated labels.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..");
const SCREENSHOTS = join(HERE, "screenshots");
const URL_ = process.env.PAR_URL;
export const PASSWORD = "Kiem-thu-2024!";
const PATIENCE = 120_000; // a slow, busy machine; nothing waits that long when all is well

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// A new campaign on the test site, its scorecards in the states asked for.
export function make_campaign(states) {
  const pairs = Object.entries(states).map(
    ([unit, state]) => `${unit}=${state}`
  );
  const command = [
    "python",
    join(HERE, "setup.py"),
    process.env.PAR_SITE,
    PASSWORD,
    ...pairs,
  ];
  const printed = execFileSync(join(ROOT, "dev", "par"), command, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(printed.trim().split("\n").pop());
}

const translations = new Map(
  readFileSync(join(ROOT, "par_campaign", "translations", "vi.csv"), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith('"'))
    .map((line) => line.split(","))
    .filter((cells) => cells.length === 2)
);

// The label a Vietnamese user sees.
export function t(text) {
  return translations.get(text) || text;
}

// Ask again until there is an answer.
export async function until(ask) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`still no answer: ${ask}`);
}

export async function open_browser() {
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({
    executablePath: process.env.PAR_CHROMIUM || "/usr/bin/chromium",
    args: FLAGS,
  });
}

// A person at their own desk: own cookies, own page.
export class Desk {
  static async of(browser, user, password = PASSWORD) {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: "vi-VN",
    });
    const desk = new Desk(await context.newPage());
    desk.page.setDefaultTimeout(PATIENCE);
    await desk.page.goto(`${URL_}/login`);
    await desk.page.fill("#login_email", user);
    await desk.page.fill("#login_password", password);
    await desk.page.click(".form-login .btn-login");
    await desk.page.waitForURL("**/app**");
    return desk;
  }

  constructor(page) {
    this.page = page;
  }

  async close() {
    await this.page.context().close();
  }

  async shot(name) {
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  async open(doctype, name) {
    const slug = doctype.toLowerCase().replaceAll(" ", "-");
    await this.page.goto(`${URL_}/app/${slug}/${encodeURIComponent(name)}`);
    await this.page.waitForFunction(
      ([wanted_type, wanted]) =>
        window.cur_frm?.doc?.name === wanted && cur_frm.doctype === wanted_type,
      [doctype, name]
    );
  }

  async open_scorecard(name) {
    await this.open("PAR Unit Scorecard", name);
    await this.row("1.1.1").waitFor();
  }

  // A list, once it shows itself by this filter: the desk takes it from the address after its buttons are there.
  async open_list(doctype, field, value) {
    const slug = doctype.toLowerCase().replaceAll(" ", "-");
    await this.page.goto(
      `${process.env.PAR_URL}/app/${slug}?${field}=${value}`
    );
    const filtered = ([wanted, key]) =>
      window.cur_list?.filter_area
        ?.get()
        .some(([, name, , given]) => name === key && given === wanted);
    await this.page.waitForFunction(filtered, [value, field]);
  }

  row(code) {
    return this.page.locator(`tr.par-row[data-code="${code}"]`);
  }

  async save() {
    await this.page
      .locator(".page-head:visible .primary-action:visible")
      .click();
    await this.page.waitForFunction(
      () => !cur_frm.is_dirty() && !cur_frm.doc.__unsaved
    );
  }

  // The workflow's button in the Actions menu, then the dialog's own button if the step asks something.
  async step(action, { confirm = false, fill = {} } = {}) {
    await this.page
      .locator(".page-head:visible .actions-btn-group > button:visible")
      .click();
    await this.page
      .locator(
        ".page-head:visible .actions-btn-group .dropdown-menu a:visible",
        { hasText: t(action) }
      )
      .first()
      .click();
    if (!confirm) return;
    const dialog = await this.dialog();
    for (const [field, value] of Object.entries(fill)) {
      await dialog
        .locator(`[data-fieldname="${field}"]`)
        .locator("input, textarea")
        .first()
        .fill(value);
    }
    await dialog
      .locator(".btn-modal-primary, .modal-footer .btn-primary")
      .first()
      .click();
  }

  // The dialog once it has faded in: before that a click on its button does not close it.
  async dialog() {
    await this.page.waitForFunction(() => window.cur_dialog?.display);
    return this.page.locator(".modal.show");
  }

  async until_state(state) {
    await this.page.waitForFunction(
      (wanted) => window.cur_frm?.doc?.workflow_state === wanted,
      state
    );
  }

  async set_field(field, value) {
    const input = this.page
      .locator(`.frappe-control[data-fieldname="${field}"]:visible`)
      .locator("input, textarea")
      .first();
    await input.scrollIntoViewIfNeeded();
    await input.fill(value);
    await input.blur();
  }

  // What the server has, read as this person.
  async value(doctype, name, field) {
    return this.page.evaluate(
      async ([type, key, wanted]) =>
        (await frappe.db.get_value(type, key, wanted)).message?.[wanted],
      [doctype, name, field]
    );
  }
}
