// The page: campaign and group above, the work list on the left, one criterion over all units on the right.

import { el } from "../score_sheet/format";
import Grid from "./grid";
import GridModel from "./model";
import WorkList from "./work_list";

const WORK = "par_campaign.par_campaign.page.par_appraisal_grid.work";
const PLACE = ["campaign", "unit_group", "code"];

export default class AppraisalGrid {
	constructor(wrapper) {
		this.page = wrapper.page;
		this.place = {};
		this.side = el("aside", { class: "par-grid-side", "aria-label": __("My rows") });
		this.main = el("section", { class: "par-grid-main" });
		this.page.main.append(el("div", { class: "par-grid-page" }, this.side, this.main));
		this.model = new GridModel((row) => this.changed(row));
		this.grid = new Grid(this.model, this.main, () => this.save());
		this.work = new WorkList(this.side, (code) => this.go({ code }));
		this.save_button = this.page.set_primary_action(__("Save"), () => this.save());
		wrapper.save_action = () => this.save(); // Ctrl+S
		this.make_fields();
		this.guard_leaving();
	}

	make_fields() {
		const field = (fieldname, label) =>
			this.page.add_field({
				fieldname,
				label,
				fieldtype: "Select",
				options: [],
				change: () => this.chosen(fieldname),
			});
		this.fields = {
			campaign: field("campaign", __("Campaign")),
			unit_group: field("unit_group", __("Unit Group")),
		};
	}

	guard_leaving() {
		window.addEventListener("beforeunload", (event) => {
			if (this.model.is_dirty) event.preventDefault();
		});
	}

	// Called each time the page comes to the front; an address may say which row is wanted.
	async show() {
		const wanted = { ...frappe.route_options };
		frappe.route_options = null;
		this.campaigns = await frappe.xcall(`${WORK}.campaigns`);
		set_options(
			this.fields.campaign,
			this.campaigns.map(({ name, title, year }) => ({ value: name, label: `${title} (${year})` }))
		);
		if (!this.campaigns.length) {
			this.main.replaceChildren(
				el("p", { class: "text-muted" }, __("There is no campaign to appraise."))
			);
			return;
		}
		const kept = this.campaigns.some(({ name }) => name === this.place.campaign)
			? this.place.campaign
			: this.campaigns[0].name;
		await this.go({ ...this.place, campaign: kept, ...pick(wanted) }, true);
	}

	chosen(fieldname) {
		const value = this.fields[fieldname].get_value();
		if (this.setting || !value || value === this.place[fieldname]) return;
		this.go(
			fieldname === "campaign"
				? { campaign: value, unit_group: null, code: null }
				: { unit_group: value, code: null }
		);
	}

	// --- going to a criterion ----------------------------------------------------------------------

	async go(change, coming_back = false) {
		const place = { ...this.place, ...change };
		if (coming_back && this.model.is_dirty && same_place(place, this.place)) return this.refresh_work();
		if (this.model.is_dirty && !(await this.settle())) return this.show_fields();
		await this.load_work(place.campaign);
		const group =
			this.groups.find(({ unit_group }) => unit_group === place.unit_group) || this.first_group();
		const leaf = group?.rows.find((row) => row.leaf && row.code === place.code) || first_leaf(group);
		this.place = { campaign: place.campaign, unit_group: group?.unit_group, code: leaf?.code };
		this.show_fields();
		this.work.show(group, leaf?.code);
		if (!leaf)
			return this.main.replaceChildren(
				el("p", { class: "text-muted" }, __("The council has given you no rows in this campaign."))
			);
		await this.model.open({ ...this.place });
		this.put_address();
		this.grid.focus_first();
	}

	first_group() {
		const having = (what) => this.groups.find((group) => group.rows.some((row) => row[what]));
		return having("open") || having("units") || having("leaf");
	}

	async load_work(campaign) {
		this.groups = await frappe.xcall(`${WORK}.work_list`, { campaign });
	}

	async refresh_work() {
		await this.load_work(this.place.campaign);
		this.work.show(
			this.groups.find(({ unit_group }) => unit_group === this.place.unit_group),
			this.place.code
		);
	}

	show_fields() {
		this.setting = true;
		set_options(
			this.fields.unit_group,
			(this.groups || []).map(({ unit_group }) => ({ value: unit_group, label: unit_group }))
		);
		this.fields.campaign.set_input(this.place.campaign);
		this.fields.unit_group.set_input(this.place.unit_group);
		this.setting = false;
	}

	// So that the row can be bookmarked and sent to a colleague.
	put_address() {
		const query = new URLSearchParams(this.place);
		window.history.replaceState(window.history.state, "", `/app/par-appraisal-grid?${query}`);
	}

	// --- saving ---------------------------------------------------------------------------------------

	changed(row) {
		this.grid.update(row);
		const count = this.model.edits.size;
		this.save_button.prop("disabled", !count);
		this.page.set_indicator(count ? __("{0} not saved", [count]) : "", "orange");
		if (!count) this.page.clear_indicator();
	}

	async save() {
		if (!this.model.is_dirty) return false;
		frappe.dom.freeze();
		try {
			const saved = await this.model.save();
			if (saved) await this.refresh_work();
			return saved;
		} finally {
			frappe.dom.unfreeze();
		}
	}

	// Before another row is shown: save, drop, or stay. Gives whether one may go on.
	settle() {
		return new Promise((resolve) => {
			const dialog = new frappe.ui.Dialog({
				title: __("Not Saved"),
				fields: [
					{
						fieldname: "text",
						fieldtype: "HTML",
						options: `<p>${__("{0} units on this row are not saved.", [this.model.edits.size])}</p>`,
					},
				],
				primary_action_label: __("Save and Go On"),
				primary_action: () => answer(() => this.save()),
				secondary_action_label: __("Discard"),
				secondary_action: () => answer(() => true),
			});
			let answered = false;
			const answer = async (act) => {
				answered = true;
				dialog.hide();
				resolve(await act());
			};
			dialog.on_hide = () => answered || resolve(false);
			dialog.show();
		});
	}
}

// The select control writes labels as HTML.
function set_options(field, options) {
	field.df.options = options.map(({ value, label }) => ({ value, label: frappe.utils.escape_html(label) }));
	field.refresh();
}

const pick = (options) =>
	Object.fromEntries(PLACE.filter((key) => options[key]).map((key) => [key, options[key]]));
const same_place = (one, other) => PLACE.every((key) => one[key] === other[key]);
const first_leaf = (group) =>
	group?.rows.find((row) => row.leaf && row.open) || group?.rows.find((row) => row.leaf);
