"""How a sheet of past deeds is read (旧台账): its columns, and what stands against a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimen.foundations.imports.api import read_day
from yimen.foundations.imports.ports import Column, Note, SheetRow
from yimen.kernel.actor import Actor
from yimen.kernel.faults import Fault
from yimen.registers.people.api import Described, match_people
from yimen.registers.places.api import communities_by_name, told_community
from yimen.work.ledger.engine.items import items_in_force

COLUMNS = (
    Column(
        "item",
        "台账项目",
        ("项目", "事项", "服务项目", "工作内容", "类别"),
        needed=True,
        help="写台账里的项目名称，例如入户走访。",
        example="入户走访",
    ),
    Column(
        "happened_on",
        "日期",
        ("发生日期", "办理日期", "走访日期", "服务日期", "时间", "最近一次日期"),
        needed=True,
        help="只要最近一次的，写最近一次的日期。",
        example="2025-03-01",
    ),
    Column(
        "name",
        "姓名",
        ("居民姓名", "服务对象", "对象姓名", "走访对象"),
        help="对事不对人的可以不填。",
        example="王桂英",
    ),
    Column(
        "id_number",
        "身份证号码",
        ("身份证号", "身份证", "公民身份号码"),
        secret=True,
        help="有号码对得最准。",
    ),
    Column("birth_on", "出生日期", ("出生年月日",), help="没有身份证号码时，用来分清同名的人。"),
    Column("phone", "联系电话", ("电话", "手机号", "手机号码"), secret=True, help="同上。"),
    Column(
        "community", "社区", ("所属社区", "所在社区", "社区名称", "村居"), help="不填的按这个人所在的社区。"
    ),
    Column("quantity", "数量", ("次数", "件数", "人次"), help="不填的按 1。", example="1"),
    Column("note", "内容", ("备注", "情况", "记录", "说明"), example="身体尚可"),
    Column("worker", "经办人", ("办理人", "走访人", "工作人员")),
)
LONGEST = 400


@dataclass(frozen=True)
class DeedTold:
    """One row of the sheet, read (一行旧台账)."""

    row: int
    item: str
    happened_on: date
    community: str
    person: UUID | None
    quantity: int
    note: str


def check_deeds(*, rows: Sequence[SheetRow], by: Actor, on: date, area: str) -> dict[int, list[Note]]:
    """Notes on the rows of a sheet (核对旧台账); nothing is written."""
    return judge_deeds(rows, by=by, on=on, area=area)[1]


def judge_deeds(
    rows: Sequence[SheetRow], *, by: Actor, on: date, area: str
) -> tuple[list[DeedTold], dict[int, list[Note]]]:
    """The rows that can be entered (合格行), and notes on all others; a fixed number of queries."""
    items = {one.title: key for key, one in items_in_force(on=on).items()}
    items |= {key: key for key in items.values()}
    communities = communities_by_name(area)
    matches = _matches(rows, by=by)
    told, notes = [], {}
    for row in rows:
        found: list[Note] = []
        item = items.get(row.get("item"), "")
        if row.get("item") and not item:
            found.append(Note("item", "没有这个台账项目，请照“台账”页面上的名称写。"))
        happened_on = _past_day(row, on, found)
        quantity = _quantity(row, found)
        person, column = matches.get(row.number), ""
        if row.get("name") or row.get("id_number"):
            column = "id_number" if row.get("id_number") else "name"
            if person is None:
                found.append(
                    Note(column, "档案里没有对上这个人，或有几个同名的；请先建档，或补上身份证号码。")
                )
        community = ""
        if row.get("community") or column == "":
            community, note = told_community(row.get("community"), communities, area)
            found += [note] if note else []
        if found:
            notes[row.number] = found
        if item and happened_on and quantity and not found:
            text = row.get("note")
            worker = f"（原经办人 {row.get('worker')}）" if row.get("worker") else ""
            told.append(
                DeedTold(
                    row.number, item, happened_on, community, person, quantity, f"{text}{worker}"[:LONGEST]
                )
            )
    return told, notes


def _matches(rows: Sequence[SheetRow], *, by: Actor) -> dict[int, UUID]:
    asked = [row for row in rows if row.get("name") or row.get("id_number")]
    lines = []
    for row in asked:
        born = read_day(row.get("birth_on"))
        lines.append(
            Described(
                name=row.get("name"),
                id_number=row.get("id_number"),
                phone=row.get("phone"),
                birth_on=None if isinstance(born, Fault) else born,
            )
        )
    found = match_people(lines, by=by) if lines else []
    return {row.number: match.person for row, match in zip(asked, found, strict=True) if match.person}


def _past_day(row: SheetRow, on: date, found: list[Note]) -> date | None:
    read = read_day(row.get("happened_on"))
    if isinstance(read, Fault):
        found.append(Note("happened_on", read.sentence))
        return None
    if read and read > on:
        found.append(Note("happened_on", "日期还没到，不能记入台账。"))
    return read


def _quantity(row: SheetRow, found: list[Note]) -> int:
    text = row.get("quantity") or "1"
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) < 1:
        found.append(Note("quantity", "数量请写 1 以上的整数。"))
        return 0
    return int(text)
