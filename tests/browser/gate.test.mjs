// The whole desk, walked as each role: nothing a user meets there may be refused by the gate.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Desk, open_browser } from "./desk.mjs";

const LIMIT = { timeout: 15 * 60_000 };
const USERS = JSON.parse(process.env.PAR_USERS).filter(
  ({ role }) => role !== "Administrator"
);
let browser;

before(async () => (browser = await open_browser()), LIMIT);
after(() => browser?.close());

describe("the desk behind the gate", { concurrency: 2 }, () => {
  for (const { role, user, password } of USERS) {
    test(`${role} is refused nothing from end to end`, LIMIT, async () => {
      const desk = await Desk.of(browser, user, password);
      const refused = watch(desk.page);
      await loaded(desk.page);
      for (const path of await paths(desk.page)) await visit(desk.page, path);
      await use_list(desk.page);
      await use_form(desk.page);
      await use_navbar(desk.page);
      await use_account(desk.page, user);
      assert.deepEqual([...refused], []);
      await desk.close();
    });
  }
});

// The desk is there. A page whose scripts did not all arrive is loaded anew, as a user would; not for ever.
async function loaded(page, attempts = 3) {
  try {
    await page.waitForFunction(
      () =>
        window.frappe?.router?.slug && frappe.boot?.user && frappe.set_route,
      null,
      { timeout: 40_000 }
    );
  } catch (error) {
    if (attempts === 1) throw error;
    console.log(`loading again: ${page.url()}`);
    await page.reload();
    await loaded(page, attempts - 1);
  }
}

// Names the gate has refused; its answer carries them in the message.
function watch(page) {
  const refused = new Set();
  page.on("response", async (answer) => {
    if (answer.status() !== 403) return;
    const text = await answer.text().catch(() => "");
    if (text.includes("NotListed"))
      refused.add(
        `${answer.url()} ${text.match(/<strong>(.*?)<\\?\/strong>/)?.[1] || ""}`
      );
  });
  return refused;
}

// Every workspace, list, form, report and page this person has.
async function paths(page) {
  return page.evaluate(async () => {
    const slug = (name) => frappe.router.slug(name);
    const found = (frappe.boot.allowed_workspaces || []).map(({ name }) =>
      slug(name)
    );
    const ours = frappe.boot.user.can_read.filter((name) =>
      name.startsWith("PAR ")
    );
    for (const doctype of ours) {
      if (frappe.boot.single_types.includes(doctype)) {
        found.push(slug(doctype));
        continue;
      }
      found.push(`${slug(doctype)}/view/list`, `${slug(doctype)}/view/report`);
      const [first] = await frappe.db.get_list(doctype, { limit: 1 });
      if (!first) continue;
      found.push(`${slug(doctype)}/${encodeURIComponent(first.name)}`);
      if (frappe.model.can_print(doctype))
        found.push(
          `print/${encodeURIComponent(doctype)}/${encodeURIComponent(first.name)}`
        );
      if (frappe.model.can_create(doctype)) found.push(`${slug(doctype)}/new`);
    }
    const reports = Object.entries(frappe.boot.user.all_reports || {});
    for (const [name, { ref_doctype }] of reports) {
      if (ref_doctype?.startsWith("PAR "))
        found.push(`query-report/${encodeURIComponent(name)}`);
    }
    if (frappe.boot.page_info["par-appraisal-grid"])
      found.push("par-appraisal-grid");
    return found;
  });
}

// As a click does it, without loading the desk anew.
async function visit(page, path) {
  await ask(page, (wanted) => frappe.set_route(wanted), `/app/${path}`);
  await settle(page);
}

// Ask the page; where a step has just had the desk loaded anew, wait for it and ask again.
async function ask(page, what, given) {
  for (let times = 1; ; times++) {
    try {
      return await page.evaluate(what, given);
    } catch (error) {
      if (
        times === 3 ||
        !/context was destroyed|because of a navigation/.test(error.message)
      )
        throw error;
      await page.waitForFunction(
        () =>
          window.frappe?.set_route &&
          frappe.ui?.open_dialogs &&
          frappe.boot?.user
      );
    }
  }
}

// Until nothing is being asked of the server, or for some seconds: a page may go on asking.
async function settle(page) {
  await page
    .waitForFunction(() => !frappe.request?.ajax_count, null, {
      timeout: 5000,
      polling: 100,
    })
    .catch(() => {});
}

// Run `steps` of the desk's own objects one by one. One that a role does not have may fail; a refusal is seen by `watch`.
async function use(page, steps) {
  for (const step of steps) {
    await ask(
      page,
      `Promise.race([(async () => (${step})())().catch(() => {}), new Promise((done) => setTimeout(done, 3000))]).then(() => {})`
    );
    await settle(page);
    await ask(page, () => {
      frappe.hide_msgprint?.(true);
      for (const dialog of frappe.ui.open_dialogs.slice()) dialog.hide();
    });
  }
}

async function use_list(page) {
  await visit(page, "par-unit-scorecard/view/list");
  await use(page, [
    () =>
      cur_list.filter_area.add([
        ["PAR Unit Scorecard", "workflow_state", "=", "Draft"],
      ]),
    () => cur_list.filter_area.clear(),
    () => cur_list.sort_selector.onchange("creation", "asc"),
    () => cur_list.list_sidebar?.reload_stats?.(),
    () =>
      document
        .querySelector(
          ".list-group-by .group-by-field a, .group-by-field .dropdown-btn"
        )
        ?.click(),
    () =>
      document
        .querySelector(".list-tags .list-sidebar-button, .list-stats-dropdown")
        ?.click(),
    () => document.querySelector(".list-row-checkbox")?.click(),
    () => cur_list.get_actions_menu_items().length,
    () => document.querySelector(".actions-btn-group button")?.click(),
    () =>
      new frappe.views.ListSettings({
        listview: cur_list,
        doctype: cur_list.doctype,
        settings: cur_list.list_view_settings,
        meta: cur_list.meta,
      }),
    () => cur_list.refresh(),
  ]);
  await visit(page, "par-unit-scorecard/view/report");
  await use(page, [
    () => cur_list.group_by_control?.apply_group_by?.(),
    () => cur_list.export_report?.(),
  ]);
}

async function use_form(page) {
  const name = await page.evaluate(
    async () =>
      (await frappe.db.get_list("PAR Unit Scorecard", { limit: 1 }))[0]?.name
  );
  if (!name) return;
  await visit(page, `par-unit-scorecard/${encodeURIComponent(name)}`);
  await use(page, [
    () => cur_frm.assign_to.add(),
    () => cur_frm.shared.show(),
    () => cur_frm.attachments.new_attachment(),
    () => cur_frm.timeline.comment_box?.on_submit?.("Đã xem"),
    () => cur_frm.comment_box?.on_submit?.("Đã xem"),
    () => cur_frm.navigate_records(0),
    () => cur_frm.toolbar.make_rename_dialog?.(),
    () => cur_frm.tags.tagger?.change?.("xem"),
    () =>
      document
        .querySelector(".form-follow, .document-follow, .follow-document-link")
        ?.click(),
    () =>
      document.querySelector(".liked-by .like-action, .like-action")?.click(),
    () => cur_frm.reload_doc(),
    () => frappe.set_route("print", cur_frm.doctype, cur_frm.docname),
    () => new Promise((done) => setTimeout(done, 1500)),
    () =>
      frappe.get_route()[0] === "print" &&
      frappe.pages.print.frm &&
      frappe.ui.form.PrintView &&
      cur_page.page.querySelector?.(".print-preview"),
    () => frappe.set_route("Form", "PAR Unit Scorecard", cur_frm.docname),
  ]);
}

async function use_navbar(page) {
  await use(page, [
    () => frappe.search.utils?.get_global_results?.("Sở", 0, 20, ""),
    () => new frappe.search.SearchDialog().init_search("Sở", "global_search"),
    () =>
      document
        .querySelector(".dropdown-notifications .notifications-icon")
        ?.click(),
    () => frappe.app.notifications?.tabs?.notifications?.mark_all_as_read?.(),
    () => document.querySelector(".mark-all-read")?.click(),
    () => frappe.ui.toolbar.setup_session_defaults(),
    () => new frappe.ui.ThemeSwitcher().show(),
    () => frappe.ui.toolbar.show_about(),
    () => frappe.ui.toolbar.clear_cache && frappe.call("frappe.sessions.clear"),
    () => frappe.utils.fetch_link_title?.("PAR Unit", "STC"),
  ]);
}

async function use_account(page, user) {
  for (const path of [
    `user/${encodeURIComponent(user)}`,
    `notification-settings/${encodeURIComponent(user)}`,
    "user-profile",
    "todo",
    "file",
    "notification-log",
  ]) {
    await visit(page, path);
  }
  await visit(page, `user/${encodeURIComponent(user)}`);
  await use(page, [
    () => cur_frm.set_value("bio", "Cán bộ CCHC"),
    () => cur_frm.save(),
  ]);
}
