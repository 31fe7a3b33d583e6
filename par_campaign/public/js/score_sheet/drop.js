// A file dropped on a row becomes evidence of that row. Anywhere else on the form Frappe's own dialog would take it.

import { add_evidence } from "./evidence_dialog";

const holds_files = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

export function take_drops(element, model, row) {
	const over = (on) => element.classList.toggle("par-drop", on);
	element.addEventListener("dragover", (event) => {
		if (!holds_files(event)) return;
		event.preventDefault();
		over(true);
	});
	element.addEventListener("dragleave", (event) => {
		if (!element.contains(event.relatedTarget)) over(false);
	});
	element.addEventListener("drop", (event) => {
		over(false);
		if (!event.dataTransfer?.files.length) return;
		event.preventDefault();
		event.stopPropagation();
		take(model, row, event.dataTransfer.files);
	});
}

function take(model, row, files) {
	if (!model.may_claim)
		return say(__("The scorecard is not open to you for changes, so it takes no evidence now."));
	if (row.rule === "External" || row.auto)
		return say(__("Row {0} takes no evidence: its points come from elsewhere.", [row.code]));
	if (files.length > 1)
		return say(__("One document at a time: drop one file, or pack several into a ZIP."));
	add_evidence(model, row, files);
}

const say = (message) => frappe.show_alert({ message, indicator: "orange" }, 7);
