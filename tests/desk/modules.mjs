// Lets Node load the desk's files as the bundler does: modules, named without their ending.

import { register } from "node:module";

const HOOKS = `
const OURS = /\\/par_campaign\\/public\\/js\\//;
export async function resolve(name, context, next) {
	const bare = name.startsWith(".") && !/\\.\\w+$/.test(name) && OURS.test(context.parentURL || "");
	return next(bare ? name + ".js" : name, context);
}
export async function load(url, context, next) {
	return next(url, OURS.test(url) ? { ...context, format: "module" } : context);
}`;

register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);

export const load = (path) =>
  import(new URL(`../../par_campaign/public/js/${path}`, import.meta.url));
