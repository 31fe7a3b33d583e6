// Documents made in the background: how far they are, the file when it is there, and having them made.

import { further_fields } from "./kinds";

const JOBS = "par_campaign.documents.jobs";

export async function show_bundle(kind, source) {
	const { campaign } = source;
	const found = await frappe.xcall(`${JOBS}.status`, { kind: kind.key, campaign });
	const fields = [{ fieldname: "now", fieldtype: "HTML" }];
	const [usual, ...others] = kind.formats;
	if (found.may_make && others.length) {
		fields.push({
			fieldname: "format",
			fieldtype: "Select",
			label: __("Format"),
			default: usual,
			options: [
				{ value: "pdf", label: __("One PDF") },
				{ value: "zip", label: __("ZIP with each as PDF and Word") },
			],
		});
		fields.push(...further_fields(kind, {}, { unit_group: { label: __("Only Group") } }));
	}
	const dialog = new frappe.ui.Dialog({
		title: found.title,
		fields,
		...(found.may_make && {
			primary_action_label: __("Make"),
			primary_action: async ({ format = usual, unit_group }) => {
				await frappe.xcall(`${JOBS}.start`, { kind: kind.key, campaign, format, unit_group });
				dialog.hide();
				frappe.show_alert(
					{
						message: __("{0} is being made. You will be told when it is ready.", [found.title]),
						indicator: "blue",
					},
					10
				);
			},
		}),
	});
	dialog.fields_dict.now.$wrapper.append(state_of(found));
	dialog.show();
}

function state_of(found) {
	const box = $("<div class='mb-3'></div>");
	if (!found.status) return box.text(__("Not made yet."));
	const colour = { Ready: "green", Failed: "red" }[found.status] || "blue";
	box.append($(`<span class="indicator-pill ${colour}"></span>`).text(__(found.status)), " ");
	if (found.made_on)
		box.append(
			$("<span class='text-muted'></span>").text(
				`${frappe.datetime.str_to_user(found.made_on)}, ${found.made_by}`
			)
		);
	if (found.error) box.append($("<p class='text-danger'></p>").text(found.error));
	if (found.file) {
		const link = $("<a target='_blank'></a>")
			.attr("href", found.file)
			.text(`${found.title}.${found.file.split(".").pop()}`);
		box.append($("<p></p>").append(link));
	}
	return box;
}

$(document).on("app_ready", () => {
	frappe.realtime.on("par_document", ({ status, file, error }) => {
		frappe.hide_progress();
		if (status !== "Ready")
			return frappe.msgprint({
				title: __("Not Made"),
				message: frappe.utils.escape_html(error || ""),
				indicator: "red",
			});
		const link = `<a href="${frappe.utils.escape_html(encodeURI(decodeURI(file)))}" target="_blank">${__("Open the document")}</a>`;
		frappe.msgprint({ title: __("The document is ready"), message: link, indicator: "green" });
	});
});
