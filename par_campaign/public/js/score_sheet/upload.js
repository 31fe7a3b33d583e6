// Sends a file to the server as a private one and gives its address.

export async function upload_private(file) {
	return (await upload_file(file)).file_url;
}

// The same, giving the whole File document.
export async function upload_file(file) {
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
	const messages = JSON.parse(content._server_messages || "[]").map((message) => JSON.parse(message).message);
	const text = messages.join("<br>") || __("The file could not be uploaded ({0}).", [answer.status]);
	frappe.msgprint({ title: __("File Not Uploaded"), message: text, indicator: "red" });
	return new Error(`upload ${answer.status}`);
}
