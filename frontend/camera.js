// The document camera (高拍仪) or any other camera of this computer: each page taken goes to the tray at once.
import { asJpg, sendAll } from "./papers.js";

const DEVICE = "yimen.camera";
const TURN = "yimen.camera.turn";
let stream = null;
let trayId = "";
let taken = 0;
let turn = Number(localStorage.getItem(TURN) ?? 0) || 0;
let line = Promise.resolve(); // one page after the other, in the order in which they were taken

const part = (name) => document.querySelector(`[data-camera-${name}]`);

document.addEventListener("click", (event) => {
  const open = event.target.closest("[data-camera]");
  if (open) begin(open.closest("[data-tray]"));
  if (event.target.closest("[data-camera-shoot]")) shoot();
  if (event.target.closest("[data-camera-close]")) document.getElementById("camera").close();
  if (event.target.closest("[data-camera-turn]")) {
    turn = (turn + 90) % 360;
    localStorage.setItem(TURN, String(turn));
    draw();
  }
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-camera-device]")) {
    localStorage.setItem(DEVICE, event.target.value);
    start(event.target.value);
  }
  if (event.target.matches("[data-camera-frame]")) draw();
});

function begin(tray) {
  const dialog = document.getElementById("camera");
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
    tell(tray, "浏览器只在加密网址（https）下允许用摄像头；请用下面的“选择图片”，或用手机扫码拍。");
    return;
  }
  trayId = tray.id;
  taken = 0;
  status("");
  dialog.showModal();
  if (!dialog.dataset.watched) {
    dialog.dataset.watched = "yes";
    dialog.addEventListener("close", () => {
      stop();
      document.querySelector(`#${CSS.escape(trayId)} [data-camera]`)?.focus();
    });
  }
  start(localStorage.getItem(DEVICE) ?? "");
}

async function start(device) {
  stop();
  trouble("");
  const size = { width: { ideal: 2592 }, height: { ideal: 1944 } };
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: device ? { deviceId: { exact: device }, ...size } : { facingMode: "environment", ...size } });
  } catch (refused) {
    // The remembered one was unplugged: any other will do.
    if (device) {
      localStorage.removeItem(DEVICE);
      return start("");
    }
    return trouble(refused.name === "NotAllowedError"
      ? "浏览器没有得到使用摄像头的许可。请在地址栏旁边允许，或选择图片、用手机扫码拍。"
      : "没有找到可用的摄像头。请检查高拍仪的接线，或选择图片、用手机扫码拍。");
  }
  const video = part("video");
  video.srcObject = stream;
  await video.play().catch(() => {});
  video.addEventListener("loadedmetadata", draw, { once: true });
  draw();
  const select = part("device");
  const now = stream.getVideoTracks()[0]?.getSettings().deviceId;
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((each) => each.kind === "videoinput");
  select.replaceChildren(...cameras.map((each, number) =>
    new Option(each.label || `摄像头 ${number + 1}`, each.deviceId, false, each.deviceId === now)));
  part("shoot").focus();
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
}

// The part of the picture that is kept, in pixels of the camera: the largest of the chosen shape, in the middle.
function crop(video) {
  const wanted = Number(part("frame").value);
  const [width, height] = [video.videoWidth, video.videoHeight];
  if (!wanted) return [0, 0, width, height];
  const shape = turn % 180 ? 1 / wanted : wanted;
  const wide = Math.min(width, height * shape);
  const high = wide / shape;
  return [(width - wide) / 2, (height - high) / 2, wide, high];
}

// The picture as large as the place allows, turned as chosen, and over it the part that will be kept.
function draw() {
  const [view, video, frame] = [part("view"), part("video"), part("kept")];
  const [wide, high] = turn % 180 ? [view.clientHeight, view.clientWidth] : [view.clientWidth, view.clientHeight];
  Object.assign(video.style, { width: `${wide}px`, height: `${high}px`, transform: `translate(-50%, -50%) rotate(${turn}deg)` });
  frame.hidden = !part("frame").value || !video.videoWidth;
  if (frame.hidden) return;
  const scale = Math.min(wide / video.videoWidth, high / video.videoHeight);
  const [, , w, h] = crop(video).map((length) => `${length * scale}px`);
  Object.assign(frame.style, turn % 180 ? { width: h, height: w } : { width: w, height: h });
}
window.addEventListener("resize", () => stream && draw());

function shoot() {
  const video = part("video");
  if (!stream || !video.videoWidth) return;
  taken += 1;
  const number = taken;
  status(`已拍 ${number} 页，正在传……`);
  const page = asJpg(video, video.videoWidth, video.videoHeight, { crop: crop(video), turn });
  line = line.then(async () => {
    await sendAll(document.getElementById(trayId), [await page], "camera");
    const told = document.querySelector(`#${CSS.escape(trayId)} [data-tray-status]`)?.textContent ?? "";
    status(number === taken ? `已拍 ${number} 页。${told}` : `已拍 ${taken} 页，正在传……`);
  }).catch(() => status("这一页没有拍好，请再拍一次。"));
}

function status(words) {
  part("status").textContent = words;
}

function trouble(words) {
  part("trouble").textContent = words;
  part("trouble").hidden = !words;
}

function tell(tray, words) {
  tray.querySelector("[data-tray-status]").textContent = words;
  tray.querySelector("input[type=file]").focus();
}
