// Which rows are shown. Each filter counts its rows; those nobody needs here are left out.

const FILTERS = [
	{ key: "all", label: () => __("All rows"), holds: () => true },
	{
		key: "open",
		label: (model) => (model.may_appraise ? __("To appraise") : __("To complete")),
		holds: (model, code) => model.is_open(code),
	},
	{
		key: "evidence",
		label: () => __("Without evidence"),
		holds: (model, code) => model.lacks_evidence(code),
	},
	{
		key: "mine",
		label: () => __("Given to me"),
		holds: (model, code) => model.tasks_of(code).some((task) => task.mine && task.state !== "Done"),
	},
	{
		key: "free",
		label: () => __("Given to nobody"),
		holds: (model, code) =>
			model.may.plan && Boolean(model.tasks.length) && is_given_to_nobody(model, code),
	},
	{ key: "differs", label: () => __("Differs"), holds: (model, code) => model.differs(code) },
	{
		key: "answered",
		label: () => __("Answered after return"),
		holds: (model, code) => Boolean(model.line(code).answered),
	},
];

function is_given_to_nobody(model, code) {
	return !model.tasks_of(code).length && model.free_rows(code).length > 0;
}

export function filters_for(model) {
	return FILTERS.map((filter) => ({
		...filter,
		text: filter.label(model),
		count: model.leaves.filter((row) => filter.holds(model, row.code)).length,
	}));
}

export function filter_by_key(key) {
	return FILTERS.find((filter) => filter.key === key);
}
