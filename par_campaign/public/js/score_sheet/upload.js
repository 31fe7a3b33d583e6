// Sends a file to the server as a private one and gives its address. What is taken, and how large, is told before
// a file is chosen; the server checks it again, and the content besides.

const MEGABYTE = 1024 * 1024;

const endings = (of = frappe.boot.par_uploads.endings) => of.map((ending) => `.${ending}`);

// For an input's `accept`.
export const accepted = () => endings().join(",");

export function limits(of) {
	const most = Math.floor(frappe.boot.par_uploads.most_bytes / MEGABYTE);
	return __("Taken: {0}; at most {1} MB.", [endings(of).join(" "), most]);
}

// Why a file would not be taken; empty where it may be.
export function fault_of(file, of = frappe.boot.par_uploads.endings) {
	const name = frappe.utils.escape_html(file.name);
	const ending = file.name.split(".").pop().toLowerCase();
	if (!of.includes(ending)) return __("{0} is of a kind that is not taken. {1}", [name, limits(of)]);
	if (!file.size) return __("{0} is empty. Choose the file again, or save it anew first.", [name]);
	if (file.size > frappe.boot.par_uploads.most_bytes)
		return __("{0} is too large. {1}", [name, limits(of)]);
	return "";
}

export async function upload_private(file) {
	return (await upload_file(file)).file_url;
}

// The same, giving the whole File document.
export async function upload_file(file, of) {
	const fault = fault_of(file, of);
	if (fault) {
		frappe.msgprint({ title: __("File Not Uploaded"), message: fault, indicator: "red" });
		throw new Error("upload refused");
	}
	const body = new FormData();
	body.append("file", file, file.name);
	body.append("is_private", 1);
	body.append("folder", "Home/Attachments");
	const answer = await fetch("/api/method/upload_file", {
		method: "POST",
		body,
		headers: { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token },
	});
	const content = await answer.json().catch(() => ({}));
	if (!answer.ok) throw refused(answer, content);
	return content.message;
}

function refused(answer, content) {
	const messages = JSON.parse(content._server_messages || "[]").map(
		(message) => JSON.parse(message).message
	);
	const text = messages.join("<br>") || __("The file could not be uploaded ({0}).", [answer.status]);
	frappe.msgprint({ title: __("File Not Uploaded"), message: text, indicator: "red" });
	return new Error(`upload ${answer.status}`);
}
