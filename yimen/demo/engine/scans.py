"""A few sheets that look like scans (示例扫描件), drawn once and handed in through the trays, as a window does."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from uuid import UUID

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from yimen.foundations.definitions.api import current
from yimen.foundations.documents.api import letters_of, seal_letter
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.desk import api as desk

A4 = (620, 877)  # 75 dots an inch: readable on a screen, a few kilobytes
EVERY = 3  # of the cases with a copied paper, one in so many is scanned; what an urgent case does not ask for is not kept
SEALED_EVERY = 12  # of the letters handed out, the sealed sheet of one in so many
LINES = {
    "consent": "家庭经济状况核对授权书",
    "receipts": "支出票据",
    "charter": "章程",
    "members": "成员名单",
}


class Scans:
    """Counts the cases of one story, so that every so-and-so-many-th has its papers and its sealed letter on file."""

    def __init__(self) -> None:
        self._papers = self._letters = 0

    def tray(
        self, matter: str, person: UUID, papers: dict[str, str], *, area: str, at: datetime, by: Actor
    ) -> UUID | None:
        """Photograph the copied papers of one case in so many; answers the tray to accept it with."""
        asked = current("matter", matter, on=day_of(at)).body.papers
        copied = [one for one in asked if one.keep == "copy" and papers.get(one.key) == "copied"]
        if not copied:
            return None
        self._papers += 1
        if self._papers % EVERY:
            return None
        of = desk.TrayOf(matter, person)
        for paper in copied:
            sheet = ContentFile(drawn_sheet(LINES.get(paper.key, "材料")), name=f"{paper.title}.png")
            desk.add_page(by=by, at=at, area=area, of=of, paper=paper.key, file=sheet)
        return next(iter(desk.trays_of(of, copied, by=by, at=at).values())).tray

    def seal(self, case: UUID, *, at: datetime, by: Actor) -> bool:
        """Put the sealed sheet of one result in so many on file; answers whether it was done."""
        self._letters += 1
        if self._letters % SEALED_EVERY:
            return False
        result = [one for one in letters_of(case, by=by) if one.key != "delivery_slip"][-1]
        seal_letter(
            by=by,
            at=at,
            letter=result.public_id,
            files=[ContentFile(drawn_sheet("盖章件"), name="盖章件.png")],
        )
        return True


@cache
def drawn_sheet(title: str) -> bytes:
    """One page that says what it stands for and that it is none."""
    font = str(files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf"))
    page = Image.new("L", A4, 252)
    pen = ImageDraw.Draw(page)
    pen.text((A4[0] // 2, 90), title, font=ImageFont.truetype(font, 30), fill=40, anchor="mm")
    for line in range(12):
        width = 480 - 37 * (line * 5 % 7)
        pen.line((70, 190 + line * 38, 70 + width, 190 + line * 38), fill=190, width=2)
    pen.rectangle((40, 40, A4[0] - 40, A4[1] - 40), outline=170, width=2)
    pen.text((A4[0] // 2, 760), "示例 扫描件", font=ImageFont.truetype(font, 44), fill=150, anchor="mm")
    held = BytesIO()
    page.save(held, "PNG", optimize=True)
    return held.getvalue()
