// Building elements and writing numbers. Elements are made, never assembled from HTML text, so that
// what people have typed cannot be taken for markup.

export function el(tag, attributes = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === null || value === false) continue;
		if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
		else if (name in element && typeof value !== "string") element[name] = value;
		else element.setAttribute(name, value === true ? "" : value);
	}
	element.append(
		...children.flat().filter((child) => child !== null && child !== undefined && child !== false)
	);
	return element;
}

export function icon(name, label) {
	const span = el("span", { class: "par-icon", "aria-hidden": label ? null : "true", "aria-label": label });
	span.innerHTML = frappe.utils.icon(name, "sm");
	return span;
}

// Some formats, such as Vietnam's "#.###", name no decimal sign; it is the one that groups do not use.
export function decimal_sign() {
	const { decimal_str, group_sep } = get_number_format_info(get_number_format());
	return decimal_str || (group_sep === "." ? "," : ".");
}

// A stored number ("94.57") as the reader writes it ("94,57").
export function typed(text) {
	return (text || "").replace(".", decimal_sign());
}

// Points with up to two decimals: 1,5.
export function points(value) {
	if (typeof value !== "number") return "";
	const rounded = Math.round(value * 100 + 1e-7) / 100;
	return String(rounded).replace(".", decimal_sign());
}

// An index always with two decimals: 99,95.
export function index(value) {
	if (typeof value !== "number") return "–";
	return value.toFixed(2).replace(".", decimal_sign());
}

// Date and time without seconds, in the reader's format.
export function datetime_text(value) {
	return value ? moment(value).format(`${frappe.datetime.get_user_date_fmt().toUpperCase()} HH:mm`) : "";
}

// Calendar days from one server time to another; both are in the site's time zone.
export function days_between(from, to) {
	return moment(to).startOf("day").diff(moment(from).startOf("day"), "days");
}
