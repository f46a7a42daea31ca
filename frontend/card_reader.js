// A card reader beside this computer, behind its local service (docs/how-to/connect-a-card-reader.md).
// One adapter per maker: `ask` puts the question, `read` brings the answer into the shape of our own protocol.
import { leaveSafely } from "./leaving.js";

const adapters = {
  yimen: {
    ask: (service, signal) => fetch(`${service}/v1/card`, { signal, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" }),
    read: (told) => told,
  },
};

const EVERY = 700;
const AFTER_TROUBLE = 5000;
const PATIENCE = 3000;
const FRESH = 30; // seconds: an older card was laid there for somebody else
const HANDLED = "yimen.card";
const SEEN = "yimen.reader";
const FIELDS = ["id_number", "name", "address", "valid_until"];
const WORDS = {
  silent: "读卡服务没有回应：请看看读卡程序开着没有。也可以手工输入号码。",
  slow: "读卡服务太慢，没有读到：请重放一次，或手工输入号码。",
  nonsense: "读卡服务的回答看不懂：请联系系统管理员。可以先手工输入号码。",
  unplugged: "读卡器没有插好：请检查连线。也可以手工输入号码。",
  unreadable: "这张卡没有读出来：请重放一次；几次都不行就手工输入号码。",
};

export function watchReader() {
  const form = document.querySelector("[data-card-reader]");
  const adapter = adapters[form?.dataset.cardKind];
  if (!adapter) return;
  let told = "";
  const say = (state) => {
    if (state === told) return;
    told = state;
    const place = document.getElementById("notice");
    place.querySelector("[data-card-trouble]")?.remove();
    if (!WORDS[state]) return;
    const box = document.createElement("div");
    box.className = "notice notice-warn";
    box.dataset.cardTrouble = "";
    box.textContent = WORDS[state];
    place.append(box);
  };
  const look = async () => {
    if (document.visibilityState !== "visible" || document.querySelector("dialog[open]")) return EVERY;
    const answer = await ask(adapter, form.dataset.cardReader);
    if (answer.state !== "silent") remember(SEEN, "yes");
    // A computer that never had a reader is not told each day that there is none.
    else if (recall(SEEN) !== "yes") return AFTER_TROUBLE * 6;
    say(answer.state);
    show(answer.card);
    if (answer.card) await deliver(form, answer.card);
    return answer.state === "ready" ? EVERY : AFTER_TROUBLE / 2;
  };
  const again = () => look().then((pause) => setTimeout(again, pause), () => setTimeout(again, AFTER_TROUBLE));
  again();
}

async function ask(adapter, service) {
  const patience = new AbortController();
  const alarm = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await adapter.ask(service, patience.signal);
    const text = await answer.text();
    if (!answer.ok) return { state: "nonsense" };
    return understand(adapter, text);
  } catch (trouble) {
    return { state: trouble.name === "AbortError" ? "slow" : "silent" };
  } finally {
    clearTimeout(alarm);
  }
}

function understand(adapter, text) {
  try {
    const { state, card } = adapter.read(JSON.parse(text));
    if (!["ready", "unplugged", "unreadable"].includes(state)) return { state: "nonsense" };
    if (!card) return { state };
    const whole = [card.reading, card.id_number, card.name].every((each) => typeof each === "string" && each);
    return whole && typeof card.seconds_ago === "number" ? { state, card } : { state: "nonsense" };
  } catch {
    return { state: "nonsense" };
  }
}

// Each laying of a card is sent once, by whichever page is in front.
async function deliver(form, card) {
  if (recall(HANDLED) === card.reading || card.seconds_ago > FRESH) return;
  remember(HANDLED, card.reading);
  if (!(await leaveSafely(`读到${card.name}的身份证。`))) return;
  const told = { from_reader: "1" };
  for (const name of FIELDS) told[name] = typeof card[name] === "string" ? card[name] : "";
  for (const [name, value] of Object.entries(told)) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.submit();
}

// The photo is shown as long as the card lies there, from the reader to the screen and nowhere else.
function show(card) {
  const place = document.querySelector("[data-card-photo]");
  const photo = card && recall(HANDLED) === card.reading && /^data:image\/(jpeg|png|bmp);base64,/.test(card.photo ?? "");
  place.hidden = !photo;
  if (!photo) {
    place.querySelector("img").removeAttribute("src");
    return;
  }
  if (place.querySelector("img").src !== card.photo) place.querySelector("img").src = card.photo;
  place.querySelector("img").alt = `${card.name}证件上的照片`;
  place.querySelector("[data-card-name]").textContent = card.name;
}

function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Then a card that stays on the reader is asked about again; nothing is lost.
  }
}
