// What a document needs besides the campaign's data: offered from what is kept, and kept again.

import { dialog_of, further_fields } from "./kinds";

const PARTICULARS = "par_campaign.documents.particulars";

export async function ask(kind, source) {
	const unit = kind.of_unit ? source.unit : undefined;
	const { campaign } = source;
	const asked = await frappe.xcall(`${PARTICULARS}.ask`, { kind: kind.key, campaign, unit });
	await frappe.model.with_doctype("PAR Document");
	const fields = [
		...(unit ? [] : further_fields(kind, source)),
		...asked.fields.map((field) => dialog_field(field, asked)),
	];
	const dialog = dialog_of(
		kind,
		source,
		{ title: asked.title, size: "large", fields: in_columns(fields) },
		async (values) => {
			if (asked.may_keep && changed(asked, values)) {
				await frappe.xcall(`${PARTICULARS}.keep`, {
					kind: kind.key,
					campaign,
					unit,
					values: kept(asked, values),
				});
			}
			return true;
		}
	);
	dialog.further = ({ unit_group }) => (unit_group ? { unit_group } : {});
}

function dialog_field(fieldname, asked) {
	const { fieldtype, label, options, description } = frappe.meta.get_docfield("PAR Document", fieldname);
	return {
		fieldname,
		fieldtype,
		label: __(label),
		options,
		description: __(description),
		default: asked.values[fieldname],
		read_only: !asked.may_keep,
		reqd: fieldname === "award_level",
	};
}

// Long texts below, everything else in two columns above.
function in_columns(fields) {
	const long = fields.filter((field) => field.fieldtype === "Small Text");
	const short = fields.filter((field) => field.fieldtype !== "Small Text");
	const half = (list) => {
		const middle = Math.ceil(list.length / 2);
		return [...list.slice(0, middle), { fieldtype: "Column Break" }, ...list.slice(middle)];
	};
	return [...half(short), { fieldtype: "Section Break" }, ...half(long)];
}

function kept(asked, values) {
	return Object.fromEntries(asked.fields.map((field) => [field, values[field] ?? null]));
}

function changed(asked, values) {
	const text = (value) => (value === 0 ? "" : String(value ?? ""));
	return asked.fields.some((field) => text(asked.values[field]) !== text(values[field]));
}
