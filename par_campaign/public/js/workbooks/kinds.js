// What differs between the kinds of workbooks: where each comes from and goes to, and how it is called.

const SERVER = "par_campaign.uploads";

export const KINDS = {
	score_sheet: {
		title: () => __("Score Sheet from Excel"),
		intro: () =>
			__(
				"Download the score sheet, fill in the unlocked cells offline and bring it back here. You see every difference before anything is written."
			),
		key: "scorecard",
		server: `${SERVER}.score_sheet`,
		download_label: () => __("Download Score Sheet"),
		apply_label: (number) => __("Apply {0} Changes", [number]),
		nothing: () => __("The workbook holds the same as the scorecard: there is nothing to change."),
		count_label: (number) => __("{0} cells differ from the scorecard", [number]),
	},
	criteria: {
		title: () => __("Criteria from Excel"),
		intro: () =>
			__(
				"Take the template of this app or the annex of a decision (No., area / criterion / sub-criterion, maximum points, guidance). The rows of this set are replaced by the workbook's."
			),
		key: "criteria_set",
		server: `${SERVER}.criteria`,
		download_label: () => __("Download This Set or an Empty Template"),
		apply_label: (number) => __("Replace Criteria by {0} Rows", [number]),
		nothing: () => __("No rows were found in the workbook."),
		count_label: (number) => __("{0} rows understood", [number]),
	},
	external: {
		title: () => __("Values from Excel"),
		intro: () =>
			__(
				"Download the table of units, fill in the values and bring it back. The values of this draft are replaced by the workbook's."
			),
		key: "external_result",
		server: `${SERVER}.external`,
		download_label: () => __("Download Table of Units"),
		apply_label: (number) => __("Take {0} Values", [number]),
		nothing: () => __("No values were found in the workbook."),
		count_label: (number) => __("{0} values read", [number]),
	},
};
