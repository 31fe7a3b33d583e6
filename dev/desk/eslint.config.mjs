// What the desk's JavaScript, the browser's tests and Node's helpers are held to.

import js from "@eslint/js";
import globals from "globals";

const DESK = {
  ...globals.browser,
  $: "readonly",
  __: "readonly",
  cint: "readonly",
  cur_dialog: "readonly",
  cur_frm: "readonly",
  cur_list: "readonly",
  cur_page: "readonly",
  flt: "readonly",
  format_number: "readonly",
  frappe: "writable",
  get_number_format: "readonly",
  get_number_format_info: "readonly",
  locals: "readonly",
  moment: "readonly",
  par_campaign: "writable", // the app's own name in the desk
};

export default [
  {
    ignores: [
      "**/node_modules/",
      "par_campaign/public/dist/",
      "tests/audit/samples/",
    ],
  },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", caughtErrors: "none" },
      ],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["par_campaign/**/*.js"],
    languageOptions: { sourceType: "module", globals: DESK },
  },
  // what Frappe loads beside a doctype, report or page is a script, and evaluated in a function
  {
    files: ["par_campaign/par_campaign/**/*.js"],
    languageOptions: { sourceType: "script", globals: DESK },
  },
  {
    files: ["dev/**/*.js"],
    languageOptions: { sourceType: "commonjs", globals: globals.node },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      sourceType: "module",
      globals: { ...globals.node, ...DESK },
    },
  },
];
