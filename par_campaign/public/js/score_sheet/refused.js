// When the server refuses a save it names the rows; they are marked in the sheet as well.

const SAVES = ["frappe.desk.form.save.savedocs", "frappe.model.workflow.apply_workflow"];

export function mark_refused_rows(model) {
	$(document).on("ajaxError", (_event, answer, settings) => {
		if (model.frm !== window.cur_frm || !SAVES.some((method) => is_call(settings, method))) return;
		for (const message of server_messages(answer)) {
			for (const [code, text] of rows_named(message, model)) model.save_errors.set(code, text);
		}
		model.changed(true);
	});
}

function is_call(settings, method) {
	return `${settings.url} ${settings.data || ""}`.includes(method);
}

function server_messages(answer) {
	try {
		return JSON.parse(answer.responseJSON._server_messages).map((message) => JSON.parse(message).message);
	} catch {
		return [];
	}
}

// "Row <strong>1.1, 2.3</strong>, Claim: …" names rows 1.1 and 2.3, one message a line.
function rows_named(message, model) {
	const found = [];
	for (const line of message.split("<br>")) {
		const named = line.match(/<(?:strong|b)>([\d., ]+)<\/(?:strong|b)>/);
		if (!named) continue;
		// a document apart: there, nothing that a message may hold is loaded or run
		const text = new DOMParser().parseFromString(line, "text/html").body.textContent;
		for (const code of named[1].split(",")) {
			if (model.lines.has(code.trim())) found.push([code.trim(), text]);
		}
	}
	return found;
}
