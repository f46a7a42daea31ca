// Forms: one deed per click, drafts kept over a lost session, questions before harm.

const PREFIX = "yimen.draft:";
const SENT = "yimen.sent";
const NEVER = new Set(["csrfmiddlewaretoken", "request_key", "password"]);

export function readyForms(root) {
  root.querySelectorAll?.("form[data-draft]").forEach(keepDraft);
  const form = root.closest?.("form[data-draft]");
  if (form && form !== root) keepDraft(form);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (question && !form.dataset.asked) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, button?.textContent).then((yes) => {
      if (!yes) return;
      form.dataset.asked = "yes";
      form.requestSubmit(button ?? undefined);
    });
    return;
  }
  delete form.dataset.asked;
  if (!("once" in form.dataset) || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (form.dataset.draft) sessionStorage.setItem(SENT, PREFIX + form.dataset.draft);
  // After this turn, so that the pressed button's own name and value are still sent.
  setTimeout(() => form.querySelectorAll("button:not([type=button])").forEach((each) => each.setAttribute("aria-busy", "true")));
}, true);

// Back from the next page, or after htmx answered: the form may be sent again.
const release = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((each) => each.removeAttribute("aria-busy"));
};
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});

export function ask(question, label) {
  const dialog = document.getElementById("ask");
  if (!dialog?.showModal) return Promise.resolve(window.confirm(question));
  dialog.querySelector("[data-ask-text]").textContent = question;
  dialog.querySelector("[data-ask-yes]").textContent = label?.trim() || "确定";
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((answer) =>
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true }));
}

// Drafts live in this tab only and never hold passwords or files; a successful save clears them.
function keepDraft(form) {
  if (form.dataset.kept) return;
  form.dataset.kept = "yes";
  const key = PREFIX + form.dataset.draft;
  const fields = () => [...form.elements].filter((each) =>
    each.name && !NEVER.has(each.name) && !["hidden", "password", "file", "submit", "button"].includes(each.type));
  const store = () => {
    const kept = fields().map((each) =>
      [each.name, each.value, "checked" in each && /radio|checkbox/.test(each.type) ? each.checked : null]);
    try {
      sessionStorage.setItem(key, JSON.stringify(kept));
    } catch {
      // A full or forbidden store only means that there is no draft.
    }
  };
  const answered = form.querySelector("[data-error-summary], [aria-invalid]");
  const kept = answered ? null : read(key);
  if (kept) restore(form, fields(), kept, key);
  form.addEventListener("input", store);
  form.addEventListener("change", store);
}

export function forgetDraft(form) {
  sessionStorage.removeItem(PREFIX + form.dataset.draft);
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function restore(form, fields, kept, key) {
  let changed = false;
  for (const [name, value, checked] of kept) {
    for (const field of fields.filter((each) => each.name === name)) {
      if (checked !== null && field.value === value && field.checked !== checked) {
        field.checked = checked;
        changed = true;
      } else if (checked === null && field.value !== value) {
        field.value = value;
        changed = true;
      }
    }
  }
  if (!changed) return;
  const note = document.createElement("p");
  note.className = "notice";
  note.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = "已恢复您上次没有提交的内容。";
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn";
  drop.textContent = "不要了，重新填";
  drop.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    form.reset();
    note.remove();
  });
  note.append(words, drop);
  form.prepend(note);
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// A draft ends with the first page after its sending, unless that page asks to sign in or tells of trouble or mistakes.
// Listens before app.js does, so that a draft that has ended is not restored.
document.addEventListener("DOMContentLoaded", () => {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && !document.querySelector(".trouble, [type=password], [data-error-summary]")) sessionStorage.removeItem(sent);
});
