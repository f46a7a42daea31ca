"""How a page is looked at: with axe, at every width and text size, and listening for what the browser complains of."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
DESK, PHONE, NARROWEST = 1280, 390, 320
# A page is looked at on the desk as it comes and on a phone in large text; YIMEN_THOROUGH=1 looks at all four.
THOROUGH = os.environ.get("YIMEN_THOROUGH") == "1"
WIDTHS = {"": (DESK, PHONE), "large": (DESK, PHONE)} if THOROUGH else {"": (DESK,), "large": (PHONE,)}
GRAVE = ("serious", "critical")

# No rule of these sets reads the style sheets as they were sent, so they are not asked for a second time.
# Axe is put in as a script of the debugger, which the content policy of the page does not stop.
_RUN = """async () => {
  const found = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
    preload: {assets: ["media"]},
  });
  return found.violations.map((fault) => ({
    id: fault.id, impact: fault.impact, help: fault.help,
    nodes: fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + " — " + (node.any[0]?.message ?? "")),
  }));
}"""
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > width + 1 && getComputedStyle(each).position !== "fixed")
    .slice(-3).map((each) => each.outerHTML.slice(0, 140));
}"""


def shot(page: Any, name: str) -> None:
    """Keep a picture where YIMEN_SHOTS names a folder: a page is finished when somebody has looked at it."""
    if folder := os.environ.get("YIMEN_SHOTS"):
        plain = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", name)
        page.screenshot(
            path=str(Path(folder) / f"{re.sub(r'[^0-9a-zA-Z.]+', '-', plain)}.png"), full_page=True
        )


@dataclass
class Eyes:
    """Looks at the pages of one browser context and remembers what is wrong with them."""

    page: Any
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("requestfailed", self._lost)
        self.page.on("response", self._answered)

    def look(self, path: str) -> list[str]:
        """Everything that is wrong with the page in any of its appearances."""
        self.complaints.clear()
        self.page.set_viewport_size({"width": DESK, "height": 800})
        self.page.goto(path)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        faults: list[str] = []
        for size in WIDTHS:
            self.page.evaluate(
                "(size) => { document.documentElement.className = size ? `text-${size}` : '' }", size
            )
            for width in WIDTHS[size]:
                self.page.set_viewport_size({"width": width, "height": 800})
                faults += [f"{width} px {size} {one}" for one in self._axe()]
                shot(self.page, f"{path}.{width}.{size or 'normal'}")
            self.page.set_viewport_size({"width": NARROWEST, "height": 640})
            faults += [
                f"{NARROWEST} px {size} wider than the screen: {one}" for one in self.page.evaluate(_TOO_WIDE)
            ]
        return [f"{path}: {fault}" for fault in dict.fromkeys([*faults, *self.complaints])]

    def _axe(self) -> list[str]:
        return [
            f"{fault['id']} ({fault['impact']}) {fault['help']}: {fault['nodes']}"
            for fault in self.page.evaluate(_RUN)
            if fault["impact"] in GRAVE
        ]

    def _heard(self, message: Any) -> None:
        # That a page which is not there answers 404 is no fault; that it tries to load a picture which is not, is.
        if message.type == "error" and message.location["url"] != self.page.url:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _lost(self, request: Any) -> None:
        # A download ends the navigation that asked for it; that is no loss.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"lost: {request.url} {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.complaints.append(f"status {response.status}: {response.url}")
