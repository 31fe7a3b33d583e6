// What the sheet knows: the structure and numbers the server gave, the scorecard's own rows, and what
// has been typed since. Points are never worked out here; `preview` asks the server for them.

const SHEET = "par_campaign.par_campaign.doctype.par_unit_scorecard.sheet";
const PREVIEW_AFTER = 400; // milliseconds without typing

export default class Model {
	constructor(frm) {
		this.frm = frm;
		this.edits = new Map(); // row code → {field: value before the first edit}
		this.save_errors = new Map(); // row code → message of the last refused save
		this.listeners = [];
		this.asked = 0;
		this.preview_soon = frappe.utils.debounce(() => this.preview(), PREVIEW_AFTER);
	}

	on_change(listener) {
		this.listeners.push(listener);
	}

	// Told once a frame, however much has changed. `everywhere`: also rows nobody is typing in.
	changed(everywhere = true) {
		this.all_changed ||= everywhere;
		if (this.telling) return;
		this.telling = requestAnimationFrame(() => {
			const all = this.all_changed;
			this.telling = this.all_changed = false;
			this.listeners.forEach((listener) => listener(all));
		});
	}

	async load() {
		const scorecard = this.frm.doc.name;
		const data = await frappe.xcall(`${SHEET}.load`, { scorecard });
		if (scorecard !== this.frm.doc.name) return false;
		this.asked++; // an answer still on its way is older than this
		Object.assign(this, data);
		this.leaves = this.rows.filter((row) => row.rule);
		this.read_document();
		if (this.edits.size) this.preview_soon();
		return true;
	}

	// After each refresh of the form its rows are new objects.
	read_document() {
		this.lines = new Map(this.frm.doc.lines.map((line) => [line.code, line]));
		if (!this.frm.is_dirty()) {
			this.edits.clear();
			this.save_errors.clear();
		}
	}

	line(code) {
		return this.lines.get(code);
	}

	get may_claim() {
		return this.may.claim && !this.frm.read_only;
	}

	get may_appraise() {
		return this.may.appraise && !this.frm.read_only;
	}

	set(code, field, value) {
		const line = this.line(code);
		if ((line[field] ?? "") === (value ?? "")) return;
		const before = this.edits.get(code) || {};
		if (!(field in before)) before[field] = line[field];
		this.edits.set(code, before);
		this.save_errors.delete(code);
		frappe.model.set_value(line.doctype, line.name, field, value);
		this.changed(false);
		this.preview_soon();
	}

	// The values typed so far, by row, in the form the server's preview takes.
	typed_values() {
		const values = {};
		for (const [code, before] of this.edits) {
			values[code] = {};
			for (const field of Object.keys(before)) values[code][field] = this.line(code)[field];
		}
		return values;
	}

	// What was typed here over what somebody else has saved meanwhile; where both changed the same
	// value, theirs stands and is named.
	async reload_keeping_edits() {
		const mine = this.typed_values();
		const before = new Map(this.edits);
		await this.frm.reload_doc();
		await this.load();
		const clashes = [];
		for (const [code, values] of Object.entries(mine)) {
			for (const [field, value] of Object.entries(values)) {
				const untouched = same(this.line(code)[field], before.get(code)[field]);
				if (untouched) this.set(code, field, value);
				else if (!same(this.line(code)[field], value)) clashes.push(`${code}: ${value}`);
			}
		}
		this.changed();
		if (!clashes.length) return;
		frappe.msgprint({
			title: __("Changed by Both"),
			message: [
				__("These values of yours were not kept, because somebody else has changed the same rows:"),
				...clashes.map((text) => frappe.utils.escape_html(text)),
			].join("<br>"),
		});
	}

	async preview() {
		const ticket = ++this.asked;
		const scorecard = this.frm.doc.name;
		const edits = JSON.stringify(this.typed_values());
		const numbers = await frappe.xcall(`${SHEET}.preview`, { scorecard, edits });
		if (ticket !== this.asked || scorecard !== this.frm.doc.name) return;
		this.numbers = numbers;
		this.changed();
	}

	// --- how a row stands ---------------------------------------------------------------------

	points_of(code) {
		return this.numbers.lines[code] || {};
	}

	error(code, field) {
		return (this.numbers.errors[code] || {})[field] || "";
	}

	gaps(code) {
		return this.numbers.gaps.filter((gap) => gap.code === code);
	}

	// What is still to do on a row: for the unit what hand-in wants, for appraisers their own rows
	// that nobody has looked at.
	is_open(code) {
		if (!this.may_appraise) return this.gaps(code).length > 0;
		const row = this.leaves.find((leaf) => leaf.code === code);
		if (!this.may_appraise_row(row)) return false;
		return (
			this.numbers.unappraised.includes(code) || (!this.line(code).is_appraised && this.has_claim(code))
		);
	}

	// Whether the unit has said anything on a row that could be accepted.
	has_claim(code) {
		const line = this.line(code);
		return Boolean(line.self_claim) || !line.applicable;
	}

	lacks_evidence(code) {
		return this.numbers.missing_evidence.includes(code);
	}

	differs(code) {
		if (!this.may.see_appraisal) return false;
		const line = this.line(code);
		if (Boolean(line.appraised_applicable) !== Boolean(line.applicable)) return true;
		const numbers = this.points_of(code);
		return Boolean(line.appraised_claim) && numbers.text !== numbers.self_text;
	}

	needs_reason(code) {
		return this.may_appraise && this.differs(code) && !(this.line(code).appraisal_note || "").trim();
	}

	evidence_of(code) {
		return this.evidence.filter((item) => item.codes.includes(code));
	}

	queries_of(code) {
		return this.queries.filter((query) => query.code === code);
	}

	// Rows changed since the return, and those whose question is answered.
	answered() {
		const changed = [...this.lines.values()].filter((line) => line.answered);
		const told = this.queries.filter((query) => query.state === "Answered");
		return new Set([...changed, ...told].map(({ code }) => code));
	}

	tasks_of(code) {
		return this.tasks.filter((task) => task.codes.includes(code));
	}

	// Rows the unit fills in that no open task holds, all or those at and below one.
	free_rows(code) {
		const rows = code ? this.leaves_below(code) : this.leaves;
		const is_held = (row) => this.tasks_of(row.code).some((task) => task.state !== "Done");
		return rows.filter((row) => row.rule !== "External" && !row.auto && !is_held(row));
	}

	// The rows of the form know how many documents they have, without being changed by it.
	count_evidence() {
		for (const line of this.lines.values()) {
			line.evidence_count = this.evidence_of(line.code).filter(
				(item) => item.status !== "Rejected"
			).length;
		}
	}

	leaves_below(code) {
		return this.leaves.filter((row) => row.code === code || row.code.startsWith(`${code}.`));
	}

	// --- several rows at once -------------------------------------------------------------------

	may_appraise_row(row) {
		return this.may_appraise && row.mine && row.rule !== "External" && !row.auto;
	}

	accept(row) {
		const line = this.line(row.code);
		this.set(row.code, "appraised_applicable", line.applicable);
		this.set(row.code, "appraised_claim", line.self_claim || "");
		this.set(row.code, "is_appraised", 1);
	}

	// Rows nobody has looked at yet; what an appraiser has decided stays, also where the unit has answered on
	// it since: that is looked at row by row.
	acceptable_below(code) {
		return this.leaves_below(code).filter((row) => {
			const line = this.line(row.code);
			return (
				this.may_appraise_row(row) &&
				!line.is_appraised &&
				this.has_claim(row.code) &&
				!(line.appraised_by && this.differs(row.code))
			);
		});
	}

	// Filled rows of those every unit must fill, for the progress bar.
	progress() {
		const required = this.leaves.filter(
			(row) => row.score_type === "Normal" && row.rule !== "External" && !row.auto
		);
		const open = new Set(
			this.numbers.gaps.filter((gap) => gap.field !== "explanation").map((gap) => gap.code)
		);
		return { done: required.filter((row) => !open.has(row.code)).length, all: required.length };
	}
}

const same = (one, other) => String(one ?? "") === String(other ?? "");
