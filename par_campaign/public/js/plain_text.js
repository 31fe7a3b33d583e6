// What people typed, where Frappe's forms, lists and reports would write it as HTML. The server refuses what a
// browser takes for markup; this is for what was stored before it did. Part of one bundle only: it must not wrap twice.

import { is_plain, safe } from "./texts";

const ours = (doctype) => String(doctype || "").startsWith("PAR ");
const write = frappe.format;

frappe.format = function (value, df, options, doc) {
	if (!df) return write(value, df, options, doc);
	if (df.fieldtype === "Link" || df.fieldtype === "Dynamic Link")
		return write_link(value, df, options, doc);
	const plain = ours(df.parent) && is_plain(df) && !written_safely(df, options);
	return write(plain ? safe(value) : value, df, options, doc);
};

// A read-only field of a form comes here escaped already, if it is of this one kind.
function written_safely({ fieldtype }, options) {
	return fieldtype === "Data" && options?.no_icon && options.inline;
}

// A link is an element of Frappe's making, or, where the reader may not open it, the bare title.
function write_link(value, df, options, doc) {
	const written = write(value, df, options, doc);
	const doctype = df.fieldtype === "Link" ? df.options : doc?.[df.options];
	if (!ours(doctype)) return written;
	const bare = options?.for_print || options?.only_value || !frappe.model.can_read(doctype);
	return bare ? safe(written) : written;
}
