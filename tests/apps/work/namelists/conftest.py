"""The street, its section, its workers, and sheets as they come from above."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl.styles import Font

from tests.apps.work.ledger.conftest import FAR, HERE, OTHER_STREET, STREET, THERE, signed_in
from yimen.kernel.clock import day_of
from yimen.registers.people import api as people
from yimen.registers.places import api as places
from yimen.standards.citizen_id import check_character
from yimen.work.namelists.models import ListRow, NameList

__all__ = ["FAR", "HERE", "OTHER_STREET", "STREET", "THERE", "signed_in"]
HEADS = ("序号", "姓名", "身份证号", "联系电话", "现住址", "备注")
QUESTIONS = {
    "q1-label": "还住在这里吗？",
    "q1-type": "yesno",
    "q1-required": "on",
    "q2-label": "家里几个人",
    "q2-type": "number",
    "q3-label": "还有什么要说",
    "q3-type": "longtext",
}


def number_of(born: str, sequence: int) -> str:
    body = f"330212{born}{sequence:03d}"
    return body + check_character(body)


def sheet(rows, *, heads=HEADS) -> bytes:
    """A title merged over the columns, the heading in row 3, a formula below, a second sheet with its own words."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "排查名单"
    page["A1"] = "出租房排查名单"
    page["A1"].font = Font(bold=True, size=16)
    page.merge_cells(start_row=1, start_column=1, end_row=2, end_column=len(heads))
    for place, words in enumerate(heads, start=1):
        page.cell(3, place, words)
    for line, row in enumerate(rows, start=4):
        for place, value in enumerate((line - 3, *row), start=1):
            page.cell(line, place, value)
    page.cell(len(rows) + 4, 1, "合计")
    page.cell(len(rows) + 4, 2, f"=COUNTA(B4:B{len(rows) + 3})")
    book.create_sheet("填表说明")["A1"] = "请于周五前报送"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(data, name="list.xlsx"):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def officer(signed_in):
    """The section's browser."""
    return signed_in("section_officer", area=STREET, name="沈科员")


@pytest.fixture
def grids(officer, acting, system):
    """Two grids of the first community, a building in each; answers code and a free door of each."""
    at = timezone.now() - timedelta(hours=1)
    found = []
    with acting(system):
        estate = places.add_estate(by=system, at=at, community=HERE, name="东方丽都")
        for number, name in (("1", "一网格"), ("2", "二网格")):
            grid = places.open_area(by=system, at=at, parent=HERE, name=name, since=date(2020, 1, 1))
            building = places.add_building(
                by=system, at=at, estate=estate, number=number, floors=6, grid=grid.code
            )
            door = places.add_dwelling(by=system, at=at, building=building, floor=1, room="101")
            found.append((grid.code, door))
    return found


@pytest.fixture
def resident(officer, acting, system):
    """``resident("王桂英", number=…)``: somebody on file in the first community."""

    def register(name, *, community=HERE, number="", **told):
        with acting(system):
            return people.register_person(
                by=system,
                at=timezone.now() - timedelta(hours=1),
                name=name,
                community=community,
                id_number=number,
                **told,
            ).public_id

    return register


@pytest.fixture
def uploaded(officer, acting, system):
    """``uploaded(rows)``: a list that was uploaded over HTTP."""

    def send(rows=(), *, data=None, name="list.xlsx", browser=None, **told) -> NameList:
        answer = (browser or officer).post("/namelists/new/", given(data or sheet(rows), name=name, **told))
        assert answer.status_code == 302, answer.content.decode()
        with acting(system):
            return NameList.objects.order_by("-id").first()

    return send


def given(data, *, name="list.xlsx", **told):
    return {
        "file": upload(data, name),
        "title": "出租房消防排查",
        "purpose": "核对出租房住了谁，消除消防隐患",
        "basis": "消防安全专项整治方案〔2026〕8号",
        "area": STREET,
        "due_on": str(day_of(timezone.now()) + timedelta(days=4)),
        **QUESTIONS,
    } | told


@pytest.fixture
def rows(acting, system):
    """The rows of a list as they stand now, by the number of their line."""

    def read(found) -> dict[int, ListRow]:
        with acting(system):
            return {one.number: one for one in ListRow.objects.filter(name_list=found).order_by("number")}

    return read


@pytest.fixture
def sent(officer, uploaded):
    """``sent(rows)``: a list that was uploaded and sent out; what is matched to nobody goes to the first community."""

    def send(rows, **told):
        found = uploaded(rows, **told)
        answer = officer.post(f"/namelists/{found.public_id}/send/", {"community": HERE})
        assert answer.status_code == 302, answer.content.decode()
        return found

    return send
