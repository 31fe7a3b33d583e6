// One criterion over all units, for the council's appraisers. What it shows is in public/js/appraisal_grid.
frappe.pages["par-appraisal-grid"].on_page_load = function (wrapper) {
	frappe.ui.make_app_page({ parent: wrapper, title: __("Appraisal Grid"), single_column: true });
};

frappe.pages["par-appraisal-grid"].on_page_show = async function (wrapper) {
	await frappe.require(["appraisal_grid.bundle.js", "score_sheet.bundle.css", "appraisal_grid.bundle.css"]);
	wrapper.appraisal_grid ||= new par_campaign.AppraisalGrid(wrapper);
	wrapper.appraisal_grid.show();
};
