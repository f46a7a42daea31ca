// What the pages do in the browser. Every page works without this file; it only saves steps.
import "htmx.org";
import { readyBulk } from "./bulk.js";
import "./quick.js";
import { watchScanner, readySearch } from "./search.js";
import { watchReader } from "./card_reader.js";
import { readyForms } from "./forms.js";
import { readyNotes } from "./notes.js";
import "./camera.js";
import "./board.js";
import { readyPasskeys } from "./passkeys.js";
import { readyPapers } from "./papers.js";
import { readyScreen } from "./screen.js";
import { readyQuestions } from "./questions.js";

function ready(root) {
  readyForms(root);
  readyNotes(root);
  readyPapers(root);
  readyPasskeys(root);
  readyScreen(root);
  readyQuestions(root);
  readyBulk(root);
  foldFilters(root);
}

// On a phone the filters of a list are folded away, unless they are in use; a tablet that is turned unfolds them.
const narrow = window.matchMedia("(max-width: 899px)");
function foldFilters(root) {
  root.querySelectorAll?.(".list-filters:not([data-narrowed])").forEach((filters) => (filters.open = !narrow.matches));
}
narrow.addEventListener?.("change", () => foldFilters(document));

document.addEventListener("DOMContentLoaded", () => {
  readySearch();
  watchScanner();
  watchReader();
  ready(document);
  document.querySelector("[data-error-summary]")?.focus();
});
document.addEventListener("htmx:load", (event) => {
  // The first of these is for the whole page, which is ready already.
  if (event.detail.elt !== document.body) ready(event.detail.elt);
});

// Tell people who hear the page what a swap brought: its error summary, its heading, or what it says of itself.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const summary = part.querySelector?.("[data-error-summary]");
  if (summary) {
    summary.focus();
    return;
  }
  const words = part.dataset?.say ?? part.querySelector?.("[data-say]")?.dataset.say;
  const said = document.getElementById("said");
  if (words && said) said.textContent = words;
});
for (const trouble of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(trouble, () => {
    const place = document.getElementById("notice");
    if (!place) return;
    const box = document.createElement("div");
    box.className = "notice notice-error";
    box.textContent = "网络不通，刚才的操作没有完成。请稍后再试，已填的内容还在。";
    place.replaceChildren(box);
  });
}
