// The map of sites, buildings and outlines. It draws what the list beside it says; without it the list is all there.
// No tiles from elsewhere: the ground is plain, and everything on it is ours.
import { divIcon, featureGroup, map as leaflet, marker, circleMarker, control, polygon } from "leaflet/dist/leaflet-src.esm.js";

const EDGE = 24;
const CLOSEST = 17;
const POPUP = { maxWidth: 240, autoPanPaddingTopLeft: [64, 12] }; // the buttons stand in the corner
const NAMED_FROM = { county: 0, street: 0, community: 14.5, grid: 15 };

function line(tag, text, css) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (css) element.className = css;
  return element;
}

function link(name, url) {
  const element = line("a", name);
  element.href = url;
  return element;
}

function told(site) {
  const box = document.createElement("div");
  const head = line("p", "", "map-name");
  head.append(link(site.name, site.url));
  box.append(head, line("p", `${site.kind} · ${site.now}`, site.open ? "map-open" : "map-shut"), line("p", site.hours));
  if (site.offers) box.append(line("p", `办理：${site.offers}`));
  box.append(line("p", site.address));
  if (site.phone) {
    const call = link(site.phone, `tel:${site.phone}`);
    const phone = line("p", "");
    phone.append(call);
    box.append(phone);
  }
  return box;
}

function named(thing) {
  const box = document.createElement("div");
  const head = line("p", "", "map-name");
  head.append(link(thing.name, thing.url));
  box.append(head);
  return box;
}

function drawAreas(all, ground) {
  let home = null;
  const divided = new Set(all.filter(({ level }) => level === "grid").map(({ code }) => code.slice(0, 12)));
  for (const area of all) {
    // Where its grids are named, the community is not.
    const until = divided.has(area.code) ? NAMED_FROM.grid : Infinity;
    const shape = polygon(area.polygons, { className: `map-area map-${area.level}`, interactive: false, from: NAMED_FROM[area.level], until });
    shape.bindTooltip(area.name, { permanent: true, direction: "center", className: `map-label map-label-${area.level}` });
    shape.addTo(ground);
    if (area.home) home = shape.getBounds();
  }
  return home;
}

function nameAreas(map, ground) {
  // Names of small areas only when one is near enough to read them.
  const zoom = map.getZoom();
  ground.eachLayer((shape) => {
    if (zoom >= shape.options.from && zoom < shape.options.until) shape.openTooltip();
    else shape.closeTooltip();
  });
}

function draw(place, drawn) {
  const everything = featureGroup();
  const map = leaflet(place, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.5, maxZoom: 20, minZoom: 8 });
  // Shapes are measured from a view.
  map.setView([30, 120], 12);
  control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
  control.scale({ imperial: false }).addTo(map);
  const ground = featureGroup().addTo(map);
  const home = drawAreas(drawn.outlines, ground);
  everything.addLayer(ground);
  for (const house of drawn.buildings) {
    const spot = circleMarker(house.at, { radius: 4, className: "map-house" }).bindPopup(() => named(house), POPUP);
    spot.bindTooltip(house.name).addTo(map);
    everything.addLayer(spot);
  }
  const pins = new Map();
  for (const site of drawn.sites) {
    const icon = divIcon({ className: `map-pin ${site.open ? "map-pin-open" : "map-pin-shut"}`, html: line("span", site.sign), iconSize: [36, 36] });
    const pin = marker(site.at, { icon, title: site.name, riseOnHover: true }).bindPopup(() => told(site), POPUP);
    pin.addTo(map);
    pin.getElement().setAttribute("aria-label", `${site.name}，${site.now}`);
    everything.addLayer(pin);
    pins.set(site.id, pin);
  }
  // Who came by keyboard reads on in what opened, and comes back to where she was.
  let opened = null;
  map.on("popupopen", ({ popup }) => {
    const box = popup.getElement();
    box.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "关闭");
    opened = document.activeElement;
    box.querySelector("a[href]:not(.leaflet-popup-close-button)")?.focus({ preventScroll: true });
  });
  place.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !place.querySelector(".leaflet-popup")) return;
    map.closePopup();
    opened?.focus?.({ preventScroll: true });
  });
  // The wheel scrolls the page until somebody has stepped onto the map.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  map.on("zoomend", () => nameAreas(map, ground));
  map.fitBounds(home ?? everything.getBounds(), { padding: [EDGE, EDGE], maxZoom: CLOSEST, animate: false });
  nameAreas(map, ground);
  for (const button of document.querySelectorAll("[data-map-show]")) {
    const pin = pins.get(button.dataset.mapShow);
    if (!pin) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      place.scrollIntoView({ block: "nearest" });
      map.setView(pin.getLatLng(), Math.max(map.getZoom(), 15), { animate: false });
      pin.openPopup();
    });
  }
}

document.addEventListener("DOMContentLoaded", async () => {
  const place = document.querySelector("[data-map]");
  if (!place) return;
  const say = place.querySelector("[data-map-words]");
  try {
    const answer = await fetch(place.dataset.map, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    const drawn = await answer.json();
    if (!drawn.sites.length && !drawn.outlines.length && !drawn.buildings.length) {
      say.textContent = "还没有可以画的：给服务点填坐标，或上传区域轮廓，就会出现在这里。";
      return;
    }
    say.remove();
    draw(place, drawn);
  } catch {
    say.textContent = "地图没有画出来，请看旁边的列表，或刷新页面再试。";
  }
});
