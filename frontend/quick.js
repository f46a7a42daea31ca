// What is at hand on every page beside the search box: F9 opens it and stands on its first button.

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details[data-quick]");
  if (event.key !== "F9" || !menu || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  menu.open = true;
  menu.querySelector("button")?.focus();
});
