"""How a sheet of organisations is read (单位名册): its columns, and what stands against a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yimen.foundations.imports.api import read_day
from yimen.foundations.imports.ports import Column, Note, SheetRow
from yimen.kernel.actor import Actor
from yimen.kernel.faults import Fault
from yimen.registers.organisations.choices import OF_GOVERNMENT, OrganisationKind, Tier
from yimen.registers.organisations.models import Organisation
from yimen.registers.organisations.rules import credit_code_as_kept, why_not_this_credit_code
from yimen.registers.places.api import communities_by_name, find_area

COLUMNS = (
    Column(
        "name",
        "单位名称",
        ("名称", "机构名称", "单位", "企业名称", "组织名称"),
        needed=True,
        example="东莺养老服务中心",
    ),
    Column("short", "简称", ("单位简称",)),
    Column(
        "kind",
        "单位类别",
        ("类别", "单位性质", "单位类型", "机构类型"),
        needed=True,
        help="社会组织、企业、事业单位……",
        example="社会组织",
    ),
    Column(
        "credit_code",
        "统一社会信用代码",
        ("信用代码", "社会信用代码", "机构代码"),
        unique=True,
        help="18 位；这一列要设成“文本”格式。",
    ),
    Column(
        "community",
        "社区",
        ("所属社区", "所在社区", "社区名称", "村居"),
        help="属于某个社区的才写，不写的属所选的区域。",
    ),
    Column("address", "地址", ("单位地址", "住所", "注册地址")),
    Column("tier", "管理方式", ("登记方式",), help="社会组织才写：民政登记、街道备案、社区指导。"),
    Column("phone", "电话", ("联系电话", "单位电话")),
    Column("since", "登记日期", ("成立日期", "设立日期", "起始日期"), help="不填的从导入当天算。"),
)
# Offices and committees are set up on their own page, by whom it is given to.
_SET_UP = (*OF_GOVERNMENT, OrganisationKind.COMMITTEE)
_KINDS = {kind.label: kind for kind in OrganisationKind if kind not in _SET_UP} | {
    "公司": OrganisationKind.COMPANY,
    "个体工商户": OrganisationKind.COMPANY,
    "社会团体": OrganisationKind.SOCIAL,
    "民办非企业单位": OrganisationKind.SOCIAL,
    "学校": OrganisationKind.SCHOOL,
    "幼儿园": OrganisationKind.SCHOOL,
    "诊所": OrganisationKind.CLINIC,
    "卫生站": OrganisationKind.CLINIC,
}
_TIERS = {tier.label: tier.value for tier in Tier}


@dataclass(frozen=True)
class BodyTold:
    """One row of the sheet, read (一行单位)."""

    row: int
    name: str
    short: str
    kind: OrganisationKind
    area: str
    credit_code: str
    phone: str
    address: str
    tier: str
    since: date


def check_bodies(*, rows: Sequence[SheetRow], by: Actor, on: date, area: str) -> dict[int, list[Note]]:
    """Notes on the rows of a sheet (核对单位名册); nothing is written."""
    return judge_bodies(rows, on=on, area=area)[1]


def judge_bodies(
    rows: Sequence[SheetRow], *, on: date, area: str
) -> tuple[list[BodyTold], dict[int, list[Note]]]:
    """The rows that can be registered (合格行), and notes on all others; two queries for any number of rows."""
    told, notes = [], {}
    communities = communities_by_name(area)
    for row in rows:
        body, found = _read(row, communities, on=on, area=area)
        if found:
            notes[row.number] = found
        if body:
            told.append(body)
    standing = Organisation.objects.filter(until__isnull=True)
    codes = dict(
        standing.filter(credit_code__in=[one.credit_code for one in told if one.credit_code]).values_list(
            "credit_code", "name"
        )
    )
    names = set(standing.filter(area__in={one.area for one in told}).values_list("area", "name"))
    good = []
    for one in told:
        if one.credit_code in codes and one.credit_code:
            note = Note("credit_code", f"这个代码已登记为{codes[one.credit_code]}。")
        elif (one.area, one.name) in names:
            note = Note("name", "这个区域里已有同名的单位，或和上面一行重复。")
        else:
            good.append(one)
            names.add((one.area, one.name))
            continue
        notes.setdefault(one.row, []).append(note)
    return good, notes


def _read(
    row: SheetRow, communities: dict[str, list[str]], *, on: date, area: str
) -> tuple[BodyTold | None, list[Note]]:
    found: list[Note] = []
    kind = _KINDS.get(row.get("kind"))
    if row.get("kind") and kind is None:
        found.append(
            Note("kind", f"单位类别请写：{'、'.join(list(_KINDS)[:8])}。街道机构和居委会在单位页面上设立。")
        )
    if finding := why_not_this_credit_code(row.get("credit_code")):
        found.append(Note("credit_code", finding.sentence))
    tier = _TIERS.get(row.get("tier"), "")
    if row.get("tier") and not tier:
        found.append(Note("tier", f"管理方式请写：{'、'.join(_TIERS)}。"))
    if tier == Tier.REGISTERED and kind == OrganisationKind.SOCIAL and not row.get("credit_code"):
        found.append(Note("credit_code", "民政登记的社会组织要填统一社会信用代码。"))
    since = read_day(row.get("since"))
    if isinstance(since, Fault):
        found.append(Note("since", since.sentence))
    elif since and since > on:
        found.append(Note("since", "登记日期在今天之后，请核对。"))
    where = area
    if text := row.get("community"):
        codes = communities.get(text, [])
        if len(codes) == 1:
            where = codes[0]
        else:
            found.append(Note("community", "没有这个社区，或有几个同名的。"))
    if len(row.get("name")) > 80:
        found.append(Note("name", "单位名称不能超过 80 个字。"))
    if find_area(where) is None:
        found.append(Note("community", "没有这个区域。"))
    if found or kind is None or not row.get("name") or isinstance(since, Fault):
        return None, found
    return BodyTold(
        row=row.number,
        name=row.get("name"),
        short=row.get("short")[:30],
        kind=kind,
        area=where,
        credit_code=credit_code_as_kept(row.get("credit_code")),
        phone=row.get("phone")[:30],
        address=row.get("address")[:120],
        tier=tier,
        since=since or on,
    ), found
