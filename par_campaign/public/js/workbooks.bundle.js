// Workbooks in and out: the dialogs of score sheet, criteria set and external values.
import { open_dialog } from "./workbooks/dialog";

frappe.provide("par_campaign");
par_campaign.open_workbook_dialog = open_dialog;
