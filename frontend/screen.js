// The screen itself: privacy curtain, menus that close, copying, printing, going back.

export function readyScreen(root) {
  root.querySelectorAll?.("[data-copy], [data-back], [data-privacy]").forEach((each) => (each.hidden = false));
}

// The title of the window would still tell the name in the task bar.
function curtain() {
  const dialog = document.getElementById("curtain");
  if (!dialog?.showModal || dialog.open) return;
  const title = document.title;
  document.title = "一门";
  dialog.addEventListener("close", () => (document.title = title), { once: true });
  dialog.showModal();
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http in the office network has no clipboard of its own.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  label.textContent = "已复制";
  document.getElementById("said").textContent = "已复制";
  setTimeout(() => (label.textContent = before), 1500);
}

document.addEventListener("keydown", (event) => {
  const covered = document.getElementById("curtain")?.open;
  if (event.key === "F8" || (event.ctrlKey && event.shiftKey && event.code === "KeyL")) {
    event.preventDefault();
    if (event.repeat) return;
    if (covered) document.getElementById("curtain").close();
    else curtain();
  }
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  if (location.hash === "#nav") location.hash = "#work";
});

// Keys that press a button of the page (data-key); F4 without one leads to the first thing that waits.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || document.querySelector("dialog[open]")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)
    ?? (event.key === "F4" ? document.querySelector("[data-chip]") : null);
  if (!wanted || event.key.length === 1) return;
  event.preventDefault();
  if (event.repeat) return;
  if (wanted.matches("[data-key]")) wanted.click();
  else wanted.focus();
});

document.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-copy], [data-back], [data-privacy], [data-print], a[href='#nav']");
  if (hit?.matches("[data-copy]")) copy(hit);
  if (hit?.matches("[data-back]")) history.back();
  if (hit?.matches("[data-privacy]")) curtain();
  if (hit?.matches("[data-print]")) window.print();
  if (hit?.matches("a[href='#nav']")) setTimeout(() => document.querySelector("#nav a")?.focus());
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
