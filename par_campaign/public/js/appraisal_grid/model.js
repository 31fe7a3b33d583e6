// One criterion over the units of a group: what the server gave, and what has been typed since.
// Points are never worked out here; `preview` asks the server for them.

const GRID = "par_campaign.par_campaign.page.par_appraisal_grid.grid";
const PREVIEW = "par_campaign.par_campaign.page.par_appraisal_grid.work.preview";
const PREVIEW_AFTER = 300; // milliseconds without typing
const FIELDS = ["appraised_claim", "appraised_applicable", "appraisal_note"];

export default class GridModel {
	constructor(changed) {
		this.changed = changed;
		this.rows = [];
		this.preview_soon = frappe.utils.debounce(() => this.preview(), PREVIEW_AFTER);
		this.forget();
	}

	// --- reading -----------------------------------------------------------------------------

	async open(place) {
		this.place = place;
		this.forget();
		await this.load();
	}

	forget() {
		this.edits = new Map(); // scorecard → the fields typed into
		this.problems = new Map(); // scorecard → what the server refused
		this.conflicts = new Map(); // scorecard → its row as it was when typing began
		this.previews = new Map();
	}

	// What has been typed stays.
	async load() {
		const { place } = this;
		const answer = await frappe.xcall(`${GRID}.grid`, place);
		if (place === this.place) this.adopt(answer);
	}

	adopt({ criterion, rows }) {
		Object.assign(this, { criterion, rows });
		this.changed();
	}

	get is_dirty() {
		return this.edits.size > 0;
	}

	value(row, field) {
		return this.edits.get(row.scorecard)?.[field] ?? row[field];
	}

	text(row) {
		const preview = this.previews.get(row.scorecard);
		return preview ? preview.text || "" : row.appraised_text;
	}

	points(row) {
		const preview = this.previews.get(row.scorecard);
		return preview ? preview.points : row.appraised_score;
	}

	// --- typing --------------------------------------------------------------------------------

	set(row, field, value) {
		const edit = { ...this.edits.get(row.scorecard), [field]: value };
		// typed and taken back again is no change
		const same = FIELDS.every(
			(name) => !(name in edit) || String(edit[name] ?? "") === String(row[name] ?? "")
		);
		same && !edit.accepted ? this.edits.delete(row.scorecard) : this.edits.set(row.scorecard, edit);
		this.problems.delete(row.scorecard);
		if (field !== "appraisal_note") this.preview_soon();
		this.changed(row);
	}

	accept(row) {
		const edit = {
			...this.edits.get(row.scorecard),
			appraised_claim: row.self_claim || "",
			appraised_applicable: row.applicable,
			accepted: true,
		};
		this.edits.set(row.scorecard, edit);
		this.problems.delete(row.scorecard);
		this.preview_soon();
		this.changed(row);
	}

	take_back(row) {
		for (const kept of [this.edits, this.problems, this.conflicts, this.previews])
			kept.delete(row.scorecard);
		this.changed(row);
	}

	async preview() {
		const claims = {};
		for (const [scorecard, edit] of this.edits) {
			if ("appraised_claim" in edit) claims[scorecard] = edit.appraised_claim;
		}
		const { place } = this;
		const found = await frappe.xcall(PREVIEW, { ...place, claims: JSON.stringify(claims) });
		if (place !== this.place) return;
		this.previews = new Map(Object.entries(found).filter(([scorecard]) => this.edits.has(scorecard)));
		this.changed();
	}

	// --- how a row stands ------------------------------------------------------------------------

	applies(row) {
		return Boolean(this.value(row, "appraised_applicable"));
	}

	has_claim(row) {
		return Boolean(row.self_claim) || !row.applicable;
	}

	// As the server counts what is open: not decided, or filled in from the claim and not looked at.
	is_open(row) {
		if (!row.editable) return false;
		const normal = this.criterion.score_type === "Normal";
		const undecided = row.appraised_applicable && !row.appraised_claim && (normal || row.self_claim);
		return Boolean(undecided || (!row.is_appraised && this.has_claim(row)));
	}

	differs(row) {
		if (this.applies(row) !== Boolean(row.applicable)) return true;
		return (
			this.applies(row) &&
			Boolean(this.value(row, "appraised_claim")) &&
			this.text(row) !== row.claim_text
		);
	}

	needs_reason(row) {
		return row.editable && this.differs(row) && !(this.value(row, "appraisal_note") || "").trim();
	}

	fault(row) {
		return this.previews.get(row.scorecard)?.error || "";
	}

	acceptable() {
		const decided = (row) => row.appraised_by && this.differs(row); // the unit has answered since: each is looked at
		return this.rows.filter(
			(row) =>
				this.is_open(row) && this.has_claim(row) && !this.edits.has(row.scorecard) && !decided(row)
		);
	}

	// --- saving -----------------------------------------------------------------------------------

	// All rows typed into, or none. Returns whether they were saved.
	async save() {
		if (this.conflicts.size) {
			frappe.show_alert({
				message: __("Decide first on the rows somebody else has changed."),
				indicator: "orange",
			});
			return false;
		}
		const rows = this.rows.filter((row) => this.edits.has(row.scorecard)).map((row) => this.sent(row));
		const answer = await frappe.xcall(`${GRID}.save_grid`, { ...this.place, rows: JSON.stringify(rows) });
		if (answer.errors.length) {
			await this.refused(answer.errors);
			return false;
		}
		this.forget();
		this.adopt(answer);
		frappe.show_alert({ message: __("{0} units saved", [answer.saved]), indicator: "green" });
		return true;
	}

	sent(row) {
		const edit = this.edits.get(row.scorecard);
		const values = Object.fromEntries(
			FIELDS.filter((field) => field in edit).map((field) => [field, edit[field]])
		);
		return { scorecard: row.scorecard, stamp: row.stamp, ...values };
	}

	// Rows somebody else has changed are read anew beside what was typed; nothing typed is lost.
	async refused(errors) {
		this.problems = new Map(errors.map((error) => [error.scorecard, error.message]));
		const clashing = new Set(errors.filter((error) => error.conflict).map((error) => error.scorecard));
		const before = new Map(this.rows.map((row) => [row.scorecard, row]));
		if (clashing.size) await this.load();
		for (const scorecard of clashing) {
			this.conflicts.set(scorecard, before.get(scorecard));
			this.problems.delete(scorecard);
		}
		this.changed();
		frappe.show_alert({
			message: __("Nothing was saved: {0} units need a look.", [errors.length]),
			indicator: "red",
		});
	}

	// The row's stamp is by now that of the other's values, so saving puts ours over them.
	keep_mine(row) {
		this.conflicts.delete(row.scorecard);
		this.changed(row);
	}
}
