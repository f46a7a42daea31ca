// Rows that are ticked to be dealt with together: tick all of a page, say how many, and nothing to press while none is.

function boxes(form) {
  return [...document.querySelectorAll(`input[name=row][form="${form.id}"]`)];
}

function tell(form) {
  const all = boxes(form);
  const ticked = all.filter((box) => box.checked).length;
  form.querySelector(".bulk-said").textContent = ticked ? `已选 ${ticked} 件：` : "勾选几行，一起办：";
  form.querySelectorAll("button").forEach((button) => (button.disabled = !ticked));
  const head = document.querySelector(`[data-pick-all="${form.id}"]`);
  head.checked = ticked === all.length;
  head.indeterminate = ticked > 0 && ticked < all.length;
}

export function readyBulk(root) {
  root.querySelectorAll?.("form[data-bulk]").forEach((form) => {
    const head = document.querySelector(`[data-pick-all="${form.id}"]`);
    head.hidden = false;
    head.addEventListener("change", () => {
      boxes(form).forEach((box) => (box.checked = head.checked));
      tell(form);
    });
    boxes(form).forEach((box) => box.addEventListener("change", () => tell(form)));
    tell(form);
  });
}

// Coming back by the browser's own button brings the ticks back, but no event.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-bulk]").forEach(tell));
