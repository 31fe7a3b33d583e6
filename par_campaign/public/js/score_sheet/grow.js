// A text area as high as its text. A hidden copy in the same grid cell gives the height, so it is
// right also for rows that were hidden when they were filled.

import { el } from "./format";

export function growing_text({ label, placeholder, changed, field }) {
	const area = el("textarea", {
		class: "form-control par-text",
		rows: 1,
		placeholder,
		"aria-label": label,
		"data-field": field,
		oninput: () => {
			copy.textContent = `${area.value}\n`;
			changed(area.value);
		},
	});
	const copy = el("span", { class: "par-text", "aria-hidden": "true" });
	return {
		element: el("div", { class: "par-grow" }, area, copy),
		area,
		set: (text) => {
			if (document.activeElement === area || area.value === (text || "")) return;
			area.value = text || "";
			copy.textContent = `${area.value}\n`;
		},
		focus: () => area.focus(),
	};
}
