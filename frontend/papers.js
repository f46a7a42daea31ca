// Papers: what is chosen or photographed goes to the server at once, page by page, so that nothing hangs on one big form.
import htmx from "htmx.org";

const LONGEST = 2000; // pixels; the server makes it smaller still
const SMALL = 300 * 1024;
const waiting = new Map(); // id of a tray → what could not be sent
const lines = new Map(); // id of a tray → the sending that must end before the next begins

export function readyPapers(root) {
  const all = (selector) => [...(root.matches?.(selector) ? [root] : []), ...(root.querySelectorAll?.(selector) ?? [])];
  all("[data-with-scripts]").forEach((each) => (each.hidden = false));
  all("[data-without-scripts]").forEach((each) => (each.hidden = true));
  all("[data-phone]").forEach((each) => each.classList.add("phone-scripted"));
  all("[data-tray]").forEach(offerAgain);
}

document.addEventListener("change", (event) => {
  const input = event.target.closest?.("input[type=file][data-send]");
  if (!input?.files.length) return;
  const files = [...input.files];
  const place = input.closest("[data-tray], [data-phone]");
  input.value = "";
  sendAll(place, files, "chosen");
});

document.addEventListener("click", (event) => {
  const again = event.target.closest("[data-send-again]");
  if (again) {
    const tray = again.closest("[data-tray]");
    const kept = waiting.get(tray.id) ?? [];
    waiting.delete(tray.id);
    sendPages(tray, kept);
    return;
  }
  const button = event.target.closest("[data-tray] button[name=do]");
  if (!button) return;
  event.preventDefault();
  const body = new FormData();
  body.set("do", button.value);
  post(button.closest("[data-tray]"), body);
}, true);

// Enter in a field of the form must not press the first button of a tray.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("form input:not([type=submit]):not([type=file]), form select")) return;
  const form = event.target.form;
  const first = form?.querySelector("button[type=submit], button:not([type])");
  if (!first?.closest("[data-tray]")) return;
  event.preventDefault();
  form.querySelector(".accept-bar button.btn-primary")?.click();
});

export function sendAll(place, files, came) {
  return sendPages(place, files.map((file) => ({ file, came, key: fresh() })));
}

function sendPages(place, pages) {
  const before = lines.get(place.id) ?? Promise.resolve();
  const sending = before.then(() => sendInOrder(document.getElementById(place.id) ?? place, pages));
  lines.set(place.id, sending.catch(() => {}));
  return sending;
}

async function sendInOrder(place, pages) {
  const id = place.id;
  let tray = place;
  const refused = [];
  for (const [number, page] of pages.entries()) {
    say(tray, `正在传第 ${number + 1} 页，共 ${pages.length} 页……`);
    const body = new FormData();
    const small = await shrunk(page.file);
    body.set("do", "add");
    body.set("came", page.came);
    body.set("request_key", page.key);
    body.set("files", small, small.name ?? page.file.name ?? "page.jpg");
    const sent = await post(tray, body);
    tray = document.getElementById(id) ?? sent.place ?? tray;
    if (!sent.ok) {
      if (!sent.answered) {
        keepFor(tray, pages.slice(number));
        return;
      }
      refused.push(...(tray.querySelectorAll(".field-error span") ?? []));
    }
  }
  if (refused.length) {
    say(tray, refused.map((each) => each.textContent).join(" "));
  } else if (tray.matches("[data-tray]")) {
    say(tray, `传好了，${pages.length} 页。`);
  }
}

// Puts the answer in the place of the tray (or of the phone's part); never throws.
async function post(place, body) {
  const part = place.closest("#phone-part") ?? place;
  const url = place.dataset.trayUrl ?? place.action;
  const token = place.closest("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!body.has("request_key")) body.set("request_key", fresh());
  if ("trayInline" in place.dataset) body.set("inline", "1");
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST", body, credentials: "same-origin",
      headers: { "HX-Request": "true", "HX-Current-URL": location.href, ...(token ? { "X-CSRFToken": token } : {}) },
    });
  } catch {
    say(place, "网络不通，没有传上去。");
    return { ok: false, answered: false };
  }
  const signIn = answer.headers.get("HX-Redirect");
  if (signIn) {
    sayWithLink(place, "登录已过期，没有传上去。", signIn, "在新窗口登录");
    return { ok: false, answered: false };
  }
  const text = await answer.text();
  const found = new DOMParser().parseFromString(text, "text/html").querySelector("#phone-part, [data-tray]");
  if (!found) {
    const told = new DOMParser().parseFromString(text, "text/html").body.textContent.replace(/\s+/g, " ").trim();
    say(place, told.slice(0, 120) || "没有办成，请刷新后再试。");
    return { ok: false, answered: answer.status < 500 };
  }
  const focused = document.activeElement?.id;
  part.replaceWith(document.adoptNode(found));
  htmx.process(found);
  readyPapers(found);
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  return { ok: answer.ok, answered: true, place: found.querySelector?.("[data-phone]") ?? found };
}

function keepFor(tray, pages) {
  if (!tray.matches("[data-tray]")) return;
  waiting.set(tray.id, [...(waiting.get(tray.id) ?? []), ...pages]);
  tray.querySelector("[data-send-again]")?.remove();
  offerAgain(tray);
}

function offerAgain(tray) {
  const kept = waiting.get(tray.id);
  const status = tray.querySelector("[data-tray-status]");
  if (!kept || !status || tray.querySelector("[data-send-again]")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.dataset.sendAgain = "";
  button.textContent = `还有 ${kept.length} 页没传上去，再传一次`;
  status.after(button);
}

function say(place, words) {
  const status = (place.closest("#phone-part") ?? place).querySelector("[data-tray-status]");
  if (status) status.textContent = words;
}

function sayWithLink(place, words, url, label) {
  say(place, words);
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.textContent = label;
  place.querySelector("[data-tray-status]")?.append(" ", link);
}

// A photograph of a phone is five megabytes of which the letters need a tenth; what cannot be drawn goes as it is.
async function shrunk(file) {
  if (!file.type.startsWith("image/") || file.size <= SMALL || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    return await asJpg(picture, picture.width, picture.height);
  } catch {
    return file;
  }
}

export function asJpg(source, width, height, { crop = null, turn = 0 } = {}) {
  const [left, top, wide, high] = crop ?? [0, 0, width, height];
  const scale = Math.min(1, LONGEST / Math.max(wide, high));
  const [w, h] = [Math.round(wide * scale), Math.round(high * scale)];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = turn % 180 ? [h, w] : [w, h];
  const pen = canvas.getContext("2d");
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((turn * Math.PI) / 180);
  pen.drawImage(source, left, top, wide, high, -w / 2, -h / 2, w, h);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(new File([blob], "page.jpg", { type: "image/jpeg" })) : fail()), "image/jpeg", 0.85));
}

function fresh() {
  // randomUUID is missing on plain http.
  return globalThis.crypto?.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
}
