// Questions that depend on others: which show (显示条件), which must be answered (必填条件), what an answer must be like
// (填写要求), what is worked out from others (算出来的题目). Judged in the order of the form, as the server judges. Without this file all questions show, and the
// server decides in any case: here nothing is refused of which it is not certain that the server would refuse it.
import { answerOf } from "./answers.js";
import { evaluate, holds, namesIn } from "./expressions.js";

const WATCHED = "[data-show-if], [data-required-if], [data-constraint], output[data-kind]";
const LARGEST = 1e12;

export function readyQuestions(root) {
  root.querySelectorAll?.("form").forEach((form) => {
    if (form.dataset.watched || !form.querySelector(WATCHED)) return;
    form.dataset.watched = "yes";
    form.addEventListener("input", () => judge(form).forEach((fault, field) => !fault && say(field, "")));
    // What is wrong is said when an answer is finished, not while it is typed.
    form.addEventListener("change", () => released(() => judge(form).forEach((fault, field) => say(field, fault))));
    judge(form);
  });
}

// A sentence that appears while a button is pressed would push the button away from under the finger.
let pressed = false;
const waiting = [];
window.addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) {
  window.addEventListener(
    end,
    () => {
      pressed = false;
      setTimeout(() => waiting.splice(0).forEach((each) => each()));
    },
    true,
  );
}
const released = (then) => (pressed ? waiting.push(then) : then());

// Before the listeners that mark a form as sent: what is wrong for certain is not sent at all.
window.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.dataset?.watched || event.submitter?.formNoValidate) return;
    const wrong = [...judge(form, true)].filter(([, fault]) => fault);
    if (!wrong.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong.forEach(([field, fault]) => say(field, fault));
    wrong[0][0].querySelector("input, select, textarea, output")?.focus();
  },
  true,
);

// Every judged question with what is wrong with it, "" when nothing is. Questions that need not show are hidden on the way.
function judge(form, sent = false) {
  const facts = given(form);
  const unread = new Set();
  const hidden = new Set();
  const ask = (how, expression, otherwise) =>
    attempt(() => ([...namesIn(expression)].some((name) => unread.has(name)) ? otherwise : how(expression, facts)), otherwise);
  const judged = new Map();
  for (const field of form.querySelectorAll("[data-field], [data-show-if]")) {
    const { field: name, showIf, requiredIf, constraint } = field.dataset;
    if (showIf) field.hidden = !ask(holds, showIf, true);
    if (!name) continue;
    // An answer that does not show is none.
    const shows = !field.closest("[hidden]");
    const worked = field.querySelector("output[data-kind]");
    if (!shows) hidden.add(name);
    const answer = !shows ? null : worked ? workOut(worked, facts, hidden, unread) : answerOf(field);
    facts[name] = answer ?? null;
    if (answer === undefined) unread.add(name);
    let fault = "";
    if (requiredIf) {
      const must = ask(holds, requiredIf, false);
      field.querySelectorAll("[data-must]").forEach((mark) => {
        mark.hidden = !must;
        mark.textContent = "（必填）";
      });
      if (sent && shows && must && answer === null) fault = field.dataset.missing;
    }
    if (constraint && answer !== null && ask(evaluate, constraint, null) === false) {
      fault = field.dataset.says;
      facts[name] = null;
    }
    if (requiredIf || constraint) judged.set(field, fault);
  }
  return judged;
}

// As forms/engine/working_out.py: undefined while it rests on something that only the server can read.
function workOut(output, facts, hidden, unread) {
  const { calculate, score, kind, decimals } = output.dataset;
  let value = null;
  if (score) value = counted(JSON.parse(score), facts, hidden);
  else {
    value = attempt(
      () => ([...namesIn(calculate)].some((name) => unread.has(name)) ? undefined : evaluate(calculate, facts)), undefined);
    if (value !== undefined) value = SHAPES[kind](value, Number(decimals));
  }
  const said = value === undefined || value === null ? output.dataset.empty : inWords(output, value);
  if (output.value !== said) output.value = said;
  return value;
}

function counted(points, facts, hidden) {
  const asked = Object.keys(points).filter((name) => !hidden.has(name));
  if (!asked.length || asked.some((name) => (facts[name] ?? null) === null)) return null;
  return asked.reduce((sum, name) => sum + (points[name][facts[name]] ?? 0), 0);
}

function rounded(value, decimals) {
  if (typeof value !== "number" || Math.abs(value) >= LARGEST) return null;
  return Math.floor(value * 10 ** decimals + 0.5) / 10 ** decimals;
}

const SHAPES = {
  number: rounded,
  money: rounded,
  yesno: (value) => (typeof value === "boolean" ? value : null),
  text: (value) => (typeof value === "string" && value ? [...value].slice(0, 200).join("") : null),
};

function inWords({ dataset: { kind, unit, bands } }, value) {
  if (kind === "yesno") return value ? "是" : "否";
  if (kind === "money") {
    const yuan = (Math.abs(value) / 100).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    return `${value < 0 ? "-" : ""}¥${yuan}`;
  }
  if (kind === "text") return value;
  const band = JSON.parse(bands || "[]").filter(([from]) => value >= from).pop();
  return [`${value} ${unit}`.trim(), band?.[1]].filter(Boolean).join("，");
}

// What cannot be told, in an old browser, is as if nothing depended on it.
function attempt(ask, otherwise) {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

function say(field, fault) {
  const place = field.querySelector("[data-said]");
  // What the server said last stands beside it until it is no longer true.
  const told = field.querySelector(".field-error:not([data-said])");
  if (told && [field.dataset.says, field.dataset.missing].includes(told.textContent.trim())) told.hidden = true;
  if (!place || place.textContent.trim() === fault) return;
  place.querySelector("[data-said-words]").textContent = fault;
  place.hidden = !fault;
  field.classList.toggle("field-wrong", Boolean(fault));
  field.querySelectorAll("input, select, textarea").forEach((input) => {
    if (fault) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  });
}

// What the server knows besides the answers, for example the age of the person.
function given(form) {
  return attempt(() => JSON.parse((form.dataset.facts ?? form.querySelector("[data-facts]")?.dataset.facts) ?? "{}"), {});
}
