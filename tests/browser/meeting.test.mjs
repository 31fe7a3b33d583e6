// One meeting of the council on several proposals, taken down in one sheet by its secretary.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Desk, make_campaign, open_browser, t, until } from "./desk.mjs";

const LIMIT = { timeout: 10 * 60_000 };
const PROPOSAL = "PAR Award Proposal";
let browser, made, desk;

before(async () => {
  made = make_campaign({
    KT1: "Appraised",
    KT2: "Appraised",
    KT3: "Appraised",
  });
  browser = await open_browser();
  desk = await Desk.of(browser, made.users.secretary);
  made.proposals = await bring_to_council();
}, LIMIT);
after(() => browser?.close());

// Every unit that qualifies, proposed and sent to the council as the secretary would from report and list.
function bring_to_council() {
  return desk.page.evaluate(
    async ([campaign, doctype]) => {
      const server = "par_campaign.par_campaign.doctype.par_award_proposal";
      const filters = { campaign };
      const { result } = await frappe.xcall("frappe.desk.query_report.run", {
        report_name: "PAR Award Proposals",
        filters,
      });
      const choices = result
        .filter((row) => row.selection !== "Below quota")
        .map(({ unit, award_level }) => ({ unit, award_level }));
      const names = await frappe.xcall(`${server}.make.make_proposals`, {
        campaign,
        choices,
      });
      for (const name of names) {
        const doc = await frappe.db.get_doc(doctype, name);
        await frappe.xcall("frappe.model.workflow.apply_workflow", {
          doc,
          action: "Send to Council",
        });
      }
      return names;
    },
    [made.campaign, PROPOSAL]
  );
}

async function open_sheet() {
  await desk.open_list(PROPOSAL, "campaign", made.campaign);
  await desk.page
    .getByRole("button", { name: t("Take Down a Meeting") })
    .click();
  const sheet = await desk.dialog();
  assert.equal(
    await sheet.locator(".modal-title").first().innerText(),
    t("Votes of a Meeting"),
    await sheet.first().innerText()
  );
  return sheet;
}

test(
  "votes on all proposals are taken down at once, an absent member and one against among them",
  LIMIT,
  async () => {
    assert.ok(made.proposals.length > 1, made.proposals);
    const sheet = await open_sheet();
    const row = (name) => sheet.locator(`tr[data-proposal="${name}"]`);
    await row(made.proposals[0]).waitFor();
    await sheet.locator(".par-all-for").click();
    const [first, second] = made.proposals;
    await row(first).locator(".par-vote:enabled").first().click();
    await row(first).locator(".par-meeting-result .par-not-passed").waitFor();
    await row(second).locator(".par-meeting-result .par-passed").waitFor();
    await desk.shot("meeting");
    await sheet.locator(".btn-modal-primary").click();
    await until(() => desk.value(PROPOSAL, second, "meeting_date"));
    const count = async (name) => [
      await desk.value(PROPOSAL, name, "votes_for"),
      await desk.value(PROPOSAL, name, "members_present"),
    ];
    const [[against_for, against_present], [all_for, all_present]] = [
      await count(first),
      await count(second),
    ];
    assert.equal(against_for, against_present - 1);
    assert.ok(all_for && all_for === all_present);
  }
);

test("the sheet opens again with what was taken down", LIMIT, async () => {
  const sheet = await open_sheet();
  await sheet
    .locator(`tr[data-proposal="${made.proposals[0]}"] .par-vote-against`)
    .waitFor();
});

test(
  "of a secret ballot who was there is taken down by name, the ballots by number",
  LIMIT,
  async () => {
    const sheet = await desk.dialog();
    await sheet
      .locator('input[type=checkbox][data-fieldname="secret_ballot"]')
      .click();
    const ballots = (name, kind) =>
      sheet.locator(
        `tr[data-proposal="${name}"] [data-ballots="ballots_${kind}"]`
      );
    const result = (name) =>
      sheet.locator(`tr[data-proposal="${name}"] .par-meeting-result`);
    const [first, second] = made.proposals;
    const present = await desk.value(PROPOSAL, second, "members_present");
    await ballots(first, "for").fill("99");
    await result(first).getByText("99").waitFor(); // more than were there
    await ballots(first, "for").fill("1");
    for (const name of made.proposals.slice(1))
      await ballots(name, "for").fill(String(present));
    await result(second).locator(".par-passed").waitFor();
    await desk.shot("secret-ballot");
    await sheet.locator(".btn-modal-primary").click();
    await until(() => desk.value(PROPOSAL, second, "secret_ballot"));
    assert.equal(await desk.value(PROPOSAL, first, "votes_for"), 1);
    const votes = await desk.page.evaluate(
      async ([type, name]) =>
        (await frappe.db.get_doc(type, name)).votes.map((row) => row.vote),
      [PROPOSAL, second]
    );
    assert.ok(votes.includes("Present") && !votes.includes("For"), votes);
    await desk.close();
  }
);
