// One input for each kind of rule. Each gives {element, set(text), focus()} and calls `changed(text)`
// with the claim as the server reads it: "1,5", "Yes", an answer's label, "a=87; b=92".

import { el, points, typed } from "./format";

export function claim_input(row, options) {
	const make = MAKERS[row.rule] || number_input;
	return make(row, options);
}

const MAKERS = {
	"Yes/No": yes_no_input,
	Choice: choice_input,
	Formula: formula_input,
	Tiers: (row, options) => number_input(row, { ...options, unit: "%" }),
	Proportional: (row, options) => number_input(row, { ...options, unit: "%" }),
	Count: (row, options) => number_input(row, { ...options, whole: true, step: 1 }),
	Direct: (row, options) => number_input(row, { ...options, step: row.step || 0 }),
};

// Text and not type=number: a browser set to English would drop the comma of "1,5" without a word,
// and the wheel of a mouse would change values in passing.
// `arrows: "rows"` leaves the arrow keys to a grid, where they go to the next row.
function number_input(row, { label, changed, unit, whole, step, arrows }) {
	const input = el("input", {
		type: "text",
		class: "form-control input-xs par-number",
		inputmode: whole ? "numeric" : "decimal",
		autocomplete: "off",
		"aria-label": label,
		oninput: () => changed(input.value.trim()),
		onkeydown: (event) =>
			step && arrows !== "rows" && step_value(event, input, step, row.maximum, changed),
	});
	const element = el(
		"span",
		{ class: "par-input" },
		input,
		unit && el("span", { class: "par-unit" }, unit)
	);
	return {
		element,
		set: (text) => put(input, typed(text)),
		focus: () => input.focus(),
	};
}

// Arrow keys go by the rule's step, as in a number field.
function step_value(event, input, step, maximum, changed) {
	const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
	if (!direction || event.altKey || event.ctrlKey) return;
	event.preventDefault();
	const value = parseFloat(input.value.replace(",", ".")) || 0;
	const next = Math.max(value + direction * step, 0);
	input.value = points(event.currentTarget.inputMode === "decimal" ? Math.min(next, maximum) : next);
	changed(input.value);
}

function yes_no_input(row, { label, changed }) {
	const name = frappe.utils.get_random(8);
	const buttons = ["Yes", "No"].map((answer) =>
		el("input", {
			type: "radio",
			name,
			value: answer,
			onchange: () => changed(answer),
			onclick: clear_again,
		})
	);
	let chosen = "";
	// a second click takes the answer back
	function clear_again(event) {
		if (chosen === event.target.value) {
			event.target.checked = false;
			changed("");
			chosen = "";
		} else {
			chosen = event.target.value;
		}
	}
	const element = el(
		"span",
		{ class: "par-input par-yes-no", role: "radiogroup", "aria-label": label },
		buttons.map((button) =>
			el("label", {}, button, el("span", {}, __(button.value, null, "PAR Scorecard Line")))
		)
	);
	return {
		element,
		set: (text) => {
			chosen = text || "";
			buttons.forEach((button) => (button.checked = button.value === chosen));
		},
		focus: () => (buttons.find((button) => button.checked) || buttons[0]).focus(),
	};
}

function choice_input(row, { label, changed }) {
	const select = el(
		"select",
		{
			class: "form-control input-xs",
			"aria-label": label,
			onchange: () => {
				tell();
				changed(select.value);
			},
		},
		el("option", { value: "" }, __("Choose an answer")),
		row.options.map((option) =>
			el("option", { value: option.label }, `${option.label} (${points(option.points)})`)
		)
	);
	// a long answer is cut by its box
	const tell = () => (select.title = select.value && select.selectedOptions[0].textContent);
	return {
		element: el("span", { class: "par-input par-choice" }, select),
		set: (text) => {
			if (select.value !== (text || "")) select.value = text || "";
			tell();
		},
		focus: () => select.focus(),
	};
}

// One field for each number the unit states; empty ones are left out, so that the server names them.
function formula_input(row, { label, changed }) {
	const inputs = row.inputs.map(({ name, label: of_number }) => {
		const input = el("input", {
			type: "text",
			class: "form-control input-xs par-number",
			inputmode: "decimal",
			autocomplete: "off",
			"aria-label": `${label}: ${of_number}`,
			"data-number": name,
			oninput: () => changed(read()),
		});
		return { name, input, of_number };
	});
	const read = () =>
		inputs
			.filter(({ input }) => input.value.trim())
			.map(({ name, input }) => `${name}=${input.value.trim()}`)
			.join("; ");
	const element = el(
		"span",
		{ class: "par-input par-formula", role: "group", "aria-label": label },
		inputs.map(({ name, input, of_number }) =>
			el("label", {}, el("span", { class: "par-number-name" }, `${name}: ${of_number}`), input)
		)
	);
	return {
		element,
		set: (text) => {
			const values = stated_numbers(text);
			inputs.forEach(({ name, input }) => put(input, typed(values[name])));
		},
		focus: () => inputs[0].input.focus(),
	};
}

// "a=87; b=92" → {a: "87", b: "92"}
export function stated_numbers(text) {
	const parts = (text || "").split(";").map((part) => part.split("="));
	return Object.fromEntries(
		parts.filter((part) => part.length === 2).map(([name, value]) => [name.trim(), value.trim()])
	);
}

// The field somebody is typing in keeps what they typed.
function put(input, text) {
	if (document.activeElement !== input && input.value !== text) input.value = text;
}
