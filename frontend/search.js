// The one search box: reached by "/", F2 and Ctrl+K, patient with input methods, fed by scanner guns from any page.

const GAP = 35; // milliseconds between keys: a person types slower, a gun faster
const SHORTEST = 6;

const box = () => document.querySelector("[data-search] input[type=search]");
const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
const dialogOpen = () => document.querySelector("dialog[open]");

export function readySearch() {
  const input = box();
  if (!input) return;
  let composing = false;
  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => (composing = false));
  input.form.addEventListener("submit", (event) => {
    // The Enter that picks a word of the input method is not the Enter that searches.
    if (composing || !input.value.trim()) event.preventDefault();
    else input.value = input.value.trim();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
    if (event.key === "Escape") input.blur();
  });
  document.addEventListener("keydown", (event) => {
    if (dialogOpen()) return;
    const slash = event.code === "Slash" && !event.shiftKey && !event.ctrlKey && !event.altKey && !typing(event.target);
    const call = event.key === "F2" || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k");
    if (!slash && !call) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

// A gun or a card reader in keyboard mode: many keys in a blink, then Enter. Outside any field they make a search.
export function watchScanner() {
  let keys = "";
  let last = 0;
  document.addEventListener("keydown", (event) => {
    const input = box();
    if (!input || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (typing(event.target) || dialogOpen()) {
      keys = "";
      return;
    }
    const now = performance.now();
    if (now - last > GAP) keys = "";
    last = now;
    if (event.key === "Enter" && keys.length >= SHORTEST) {
      event.preventDefault();
      input.value = keys;
      keys = "";
      input.form.requestSubmit ? input.form.requestSubmit() : input.form.submit();
    } else if (event.key.length === 1) {
      keys += event.key;
    }
  });
}
