// The call board in the hall (叫号屏): each new call is heard once somebody has switched sound on, and a lost network is said.
let heard = null;
let audio = null;

const calls = () => [...document.querySelectorAll("[data-board-call]")];

// Two tones, made here: no file to load, and nothing that a screen without a network would lack.
function ring() {
  const begin = audio.currentTime;
  [880, 660].forEach((pitch, turn) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.3, begin + turn * 0.35);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + turn * 0.35 + 0.6);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin + turn * 0.35);
    tone.stop(begin + turn * 0.35 + 0.6);
  });
}

function speak(words) {
  if (!window.speechSynthesis) return;
  const said = new SpeechSynthesisUtterance(words);
  said.lang = "zh-CN";
  said.rate = 0.9;
  window.speechSynthesis.speak(said);
}

function hear() {
  const now = calls();
  // What hung there before the page was opened has been called already.
  const fresh = heard === null ? [] : now.filter((one) => !heard.has(one.dataset.boardCall));
  heard = new Set([...(heard ?? []), ...now.map((one) => one.dataset.boardCall)]);
  if (!audio || !fresh.length) return;
  ring();
  // The latest stands on top and is said last.
  fresh.reverse().forEach((one) => setTimeout(() => speak(one.dataset.boardWords), 1000));
}

function down(is) {
  const place = document.querySelector("[data-board-down]");
  if (!place || place.hidden !== is) return;
  place.hidden = !is;
  const last = document.getElementById("board")?.dataset.board;
  place.textContent = is ? `网络断了，画面停在 ${last}，正在重新连接。叫号请听窗口工作人员。` : "";
}

document.addEventListener("DOMContentLoaded", () => {
  if (!document.getElementById("board")) return;
  hear();
  const button = document.querySelector("[data-board-sound]");
  if (!window.AudioContext) return;
  button.hidden = false;
  // Browsers let a page be heard only after somebody pressed something on it.
  button.addEventListener("click", () => {
    if (audio) audio.close();
    audio = audio ? null : new AudioContext();
    button.setAttribute("aria-pressed", String(Boolean(audio)));
    button.textContent = audio ? "声音已开" : "打开声音";
    if (audio) ring();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    // The board itself has been replaced by now.
    if (event.detail.target?.id !== "board") return;
    down(!event.detail.successful);
  });
  document.addEventListener("htmx:afterSettle", (event) => event.detail.elt.id === "board" && hear());
});
