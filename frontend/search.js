// The one search box: reached by "/", F2 and Ctrl+K, patient with input methods, fed by scanner guns from any page.
import { leaveSafely } from "./leaving.js";

const GAP = 35; // milliseconds between keys, over a whole reading: a person types slower, a gun faster
const PAUSE = 250; // what a busy computer may hold back one key of a gun; a longer pause begins a new reading
const SHORTEST = 6;
const SHORTEST_IN_A_FIELD = 13;

const box = () => document.querySelector("[data-search] input[type=search]");
const typing = (target) => (target instanceof Element ? target.closest("input, textarea, select, [contenteditable]") : null);
const dialogOpen = () => document.querySelector("dialog[open]");
const isEnter = (event) => event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter";

// A complete id number, right or wrong, goes by POST: it must stand in no address and no log.
export const isIdNumber = (text) => /^([0-9]{17}[0-9xX]|[0-9]{15})$/.test(text.normalize("NFKC").replace(/[\s\-()]/g, ""));

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
    // Words make an address that can be kept and gone back to; without scripts the server makes it.
    const secret = isIdNumber(input.value);
    input.form.method = secret ? "post" : "get";
    input.form.querySelectorAll("[type=hidden]").forEach((each) => (each.disabled = !secret));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
    if (event.key === "Escape") input.blur();
  });
  document.addEventListener("keydown", (event) => {
    if (dialogOpen()) return;
    // The "/" of an address that a gun types is not a call.
    const slash = event.code === "Slash" && burst.keys.length <= 1 && !event.shiftKey && !event.ctrlKey && !event.altKey && !typing(event.target);
    const call = event.key === "F2" || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k");
    if (!slash && !call) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}

// A gun or a card reader in keyboard mode: many keys in a blink, then Enter. Outside any field, and in a field that asks for
// something else, they make a search, and the field is as it was before; nobody types thirteen keys that fast.
const burst = { keys: "", first: 0, last: 0, field: null, before: "" };

export function watchScanner() {
  document.addEventListener("keydown", (event) => {
    if (!box() || event.ctrlKey || event.altKey || event.metaKey) return;
    const field = typing(event.target);
    const now = event.timeStamp; // when the key went down, not when this page had time for it
    if (!burst.keys || now - burst.last > PAUSE || dialogOpen() || field?.type === "password" || field !== burst.field) {
      Object.assign(burst, { keys: "", first: now, field, before: field && "value" in field ? field.value : "" });
    }
    burst.last = now;
    if (dialogOpen() || field?.type === "password") return;
    if (isEnter(event)) {
      const read = burst.keys;
      burst.keys = "";
      if (now - burst.first > GAP * read.length) return;
      if (read.length < (field ? SHORTEST_IN_A_FIELD : SHORTEST) || field?.type === "search") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (field?.name === "id_number") {
        // Here the number is what the field asks for.
        field.dispatchEvent(new Event("change", { bubbles: true }));
        return;
      }
      if (field && "value" in field) {
        field.value = burst.before;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      arrived(read);
    } else if (event.key.length === 1) {
      burst.keys += event.key;
    } else if (event.code.startsWith("Key")) {
      // An input method that is on hides the letter, but not the key (the X at the end of an id number).
      burst.keys += event.code.slice(3);
    }
  }, true);
}

async function arrived(read) {
  if (!(await leaveSafely("扫到一个码。"))) return;
  const input = box();
  input.value = read;
  // Without requestSubmit the form goes as it stands: by POST.
  input.form.requestSubmit ? input.form.requestSubmit() : input.form.submit();
}
