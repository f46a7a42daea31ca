// Questions that depend on others (显示条件). Without this file all questions show, and the server decides in any case.
import { holds } from "./expressions.js";

export function readyShowIf(root) {
  root.querySelectorAll?.("form").forEach((form) => {
    if (form.dataset.watched || !form.querySelector("[data-show-if]")) return;
    form.dataset.watched = "yes";
    form.addEventListener("input", () => decide(form));
    form.addEventListener("change", () => decide(form));
    decide(form);
  });
}

function decide(form) {
  const facts = { ...given(form), ...answers(form) };
  for (const field of form.querySelectorAll("[data-show-if]")) {
    let show = true;
    try {
      show = holds(field.dataset.showIf, facts);
    } catch {
      // A condition that cannot be told keeps its question in sight.
    }
    field.hidden = !show;
  }
}

// What the server knows besides the answers, for example the age of the person.
function given(form) {
  try {
    const told = form.dataset.facts ?? form.querySelector("[data-facts]")?.dataset.facts;
    return JSON.parse(told ?? "{}");
  } catch {
    return {};
  }
}

function answers(form) {
  const found = {};
  for (const input of form.elements) {
    if (!input.name || !input.closest("[data-field]")) continue;
    const name = input.closest("[data-field]").dataset.field;
    if (input.type === "checkbox") {
      const group = form.querySelectorAll(`[data-field="${CSS.escape(name)}"] input[type=checkbox]`);
      if (group.length > 1 || input.closest("fieldset")) {
        found[name] ??= [];
        if (input.checked) found[name].push(input.value);
      } else found[name] = input.checked;
    } else if (input.type === "radio") {
      found[name] ??= null;
      if (input.checked) found[name] = input.dataset.kind === "yesno" ? input.value === "yes" : input.value;
    } else found[name] = typed(input);
  }
  return found;
}

// In the shape that the server keeps: money in whole fen, numbers as numbers; what cannot be read is no answer yet.
function typed(input) {
  const kind = input.dataset.kind ?? (input.type === "number" || input.dataset.number !== undefined ? "number" : "text");
  const text = input.value.trim();
  if (text === "") return null;
  if (kind !== "money" && kind !== "number") return text;
  const number = Number(text.normalize("NFKC").replace(/[,¥\s]/g, ""));
  if (!Number.isFinite(number)) return null;
  return kind === "money" ? Math.round(number * 100) : number;
}
