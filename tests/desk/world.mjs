// What the models use of the desk, as little as they need. The server's answers are given by each test.

export const asked = []; // [method, arguments] of every question to the server
export const told = []; // what was said to the person
let answers = {};

export function fresh(given = {}) {
  asked.length = told.length = 0;
  answers = given;
}

globalThis.__ = (text, values = []) =>
  values.reduce(
    (said, value, place) => said.replaceAll(`{${place}}`, value),
    text
  );
globalThis.requestAnimationFrame = (work) => setTimeout(work);
globalThis.get_number_format = () => "#.###,##";
globalThis.get_number_format_info = (format) =>
  ({
    "#.###,##": { decimal_str: ",", group_sep: "." },
    "#.###": { decimal_str: "", group_sep: "." },
    "#,###.##": { decimal_str: ".", group_sep: "," },
  })[format];
globalThis.frappe = {
  utils: {
    debounce: (work) => work,
    escape_html: (text) => String(text).replaceAll("<", "&lt;"),
  },
  model: {
    set_value: (_doctype, name, field, value) =>
      (documents.get(name)[field] = value),
  },
  msgprint: (message) => told.push(message.message),
  show_alert: ({ message }) => told.push(message),
  async xcall(method, values) {
    asked.push([method, values]);
    const key = Object.keys(answers).find((name) =>
      method.endsWith(`.${name}`)
    );
    if (!key) throw new Error(`no answer for ${method}`);
    const answer = answers[key];
    return typeof answer === "function"
      ? answer(values)
      : structuredClone(answer);
  },
};

export const documents = new Map();
