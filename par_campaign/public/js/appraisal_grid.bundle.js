// The appraisal grid: one criterion over all units.
import AppraisalGrid from "./appraisal_grid/page";

frappe.provide("par_campaign");
par_campaign.AppraisalGrid = AppraisalGrid;
