// What people typed, on its way into HTML.

const PLAIN = [
	"Data",
	"Small Text",
	"Text",
	"Long Text",
	"Autocomplete",
	"Read Only",
	"Attach",
	"Attach Image",
];

export function is_plain({ fieldtype = "Data" }) {
	return PLAIN.includes(fieldtype);
}

// A value of a plain field, safe to be put into HTML.
export function safe(value) {
	return typeof value === "string" ? frappe.utils.escape_html(value) : value;
}

// The same text for labels that Frappe writes as HTML in one place and as text in another: it is no tag any more.
export function parted(text) {
	return String(text ?? "").replace(/<(?=[A-Za-z/!?])/g, "< ");
}
