// Notes without network (随手记): kept in this browser for this worker, sent later under the key they were written with,
// so that nothing is lost and nothing is doubled. Anything but a clear yes is left to the browser's own sending.

const QUEUE = "yimen.notes:";
const DRAFT = "yimen.draft:";
const OWN = new Set(["csrfmiddlewaretoken", "request_key"]);
const PATIENCE = 15_000;

export function readyNotes(root) {
  root.querySelectorAll?.("form[data-note-form]").forEach((form) => {
    if (form.dataset.noteReady) return;
    form.dataset.noteReady = "yes";
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented || !storage()) return;
      event.preventDefault();
      send(form);
    });
  });
  if (root.querySelector?.("[data-note-queue]")) {
    tell();
    flush();
  }
}

window.addEventListener("online", () => flush());
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-queue-send]")) flush();
});

async function send(form) {
  const note = { url: form.action || location.href, fields: [], key: form.elements.request_key.value };
  for (const [name, value] of new FormData(form)) if (!OWN.has(name) && typeof value === "string") note.fields.push([name, value]);
  let answer;
  try {
    answer = await post(note);
  } catch {
    keep(form, note);
    return;
  }
  if (answer.taken) location.assign(answer.url);
  // A mistake, a lost sign-in, a refusal: sent again under the same key, so that the page itself says what is wrong.
  else form.submit();
}

function keep(form, note) {
  const queue = read(form.dataset.noteForm);
  if (!queue.some((each) => each.key === note.key)) queue.push(note);
  if (!write(form.dataset.noteForm, queue)) {
    form.submit();
    return;
  }
  sessionStorage.removeItem(DRAFT + form.dataset.draft);
  form.reset();
  form.elements.request_key.value = fresh();
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((each) => each.removeAttribute("aria-busy"));
  form.dispatchEvent(new Event("change", { bubbles: true }));
  tell();
  document.querySelector("[data-note-queue]")?.scrollIntoView({ block: "center" });
}

let flushing = false;
async function flush() {
  const place = document.querySelector("[data-note-queue]");
  if (!place || flushing || !navigator.onLine) return;
  flushing = true;
  const owner = place.dataset.noteQueue;
  try {
    for (const note of read(owner)) {
      const answer = await post(note);
      if (answer.signedOut) break;
      if (answer.taken) write(owner, read(owner).filter((each) => each.key !== note.key));
      else if (answer.refused) write(owner, read(owner).map((each) => (each.key === note.key ? { ...each, refused: true } : each)));
    }
  } catch {
    // Still no network: they stay where they are.
  } finally {
    flushing = false;
    tell();
  }
}

async function post(note) {
  const body = new URLSearchParams(note.fields);
  body.set("request_key", note.key);
  body.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(note.url, { method: "POST", body, credentials: "same-origin", signal: stop.signal });
    const signedOut = /type="password"/.test(await response.text());
    return {
      url: response.url,
      signedOut,
      taken: response.ok && response.redirected && !signedOut,
      refused: response.status >= 400 && response.status < 500 && response.status !== 403,
    };
  } finally {
    clearTimeout(timer);
  }
}

function tell() {
  document.querySelectorAll("[data-note-queue]").forEach((place) => {
    const queue = read(place.dataset.noteQueue);
    const refused = queue.filter((each) => each.refused);
    place.hidden = !queue.length;
    place.querySelector("[data-queue-words]").textContent = `${queue.length} 条待发，存在这台设备上，有网时自动发送。`;
    place.querySelectorAll("p").forEach((each) => each.remove());
    for (const note of refused) {
      const line = document.createElement("p");
      const words = Object.fromEntries(note.fields).text ?? "";
      line.textContent = `没有被接受，请改了重记：${words} `;
      const drop = document.createElement("button");
      drop.type = "button";
      drop.className = "btn";
      drop.textContent = "删掉这条";
      drop.addEventListener("click", () => {
        write(place.dataset.noteQueue, read(place.dataset.noteQueue).filter((each) => each.key !== note.key));
        tell();
      });
      line.append(drop);
      place.append(line);
    }
  });
}

function read(owner) {
  try {
    return JSON.parse(localStorage.getItem(QUEUE + owner)) ?? [];
  } catch {
    return [];
  }
}

function write(owner, queue) {
  try {
    if (queue.length) localStorage.setItem(QUEUE + owner, JSON.stringify(queue));
    else localStorage.removeItem(QUEUE + owner);
    return true;
  } catch {
    return false;
  }
}

function storage() {
  try {
    return Boolean(window.fetch && window.localStorage);
  } catch {
    return false;
  }
}

// crypto.randomUUID is missing over plain http, which is how some streets still run.
function fresh() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
