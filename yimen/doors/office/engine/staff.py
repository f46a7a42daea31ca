"""How a sheet of colleagues is read (职工名册): once for the accounts, once for their roles (三权分立)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.foundations.access import api as access
from yimen.foundations.access.ports import roles
from yimen.foundations.imports.api import read_day
from yimen.foundations.imports.ports import Column, Note, SheetRow
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.faults import Fault
from yimen.kernel.text import clean_name
from yimen.registers.places.api import area_name, areas_under, find_area

LONGEST_NAME = 60
USERNAME = Column(
    "username",
    "登录名",
    ("账号", "帐号", "登录账号", "用户名", "登陆名"),
    needed=True,
    unique=True,
    help="2 至 40 个字符，不含空格；建议用姓名拼音。",
    example="wang.min",
)
NAME = Column("name", "姓名", ("职工姓名", "人员姓名", "工作人员", "名字"), needed=True, example="王敏")
AREA = Column(
    "area",
    "区域",
    ("社区", "所在社区", "所属社区", "管理区域", "所属区域", "街道", "工作区域"),
    help="街道、社区或网格的名称；不写的属所选的区域。",
    example="东莺社区",
)
ACCOUNT_COLUMNS = (NAME, USERNAME, AREA)
ROLE_COLUMNS = (
    # One person may have several roles, one a row.
    Column(USERNAME.key, USERNAME.title, USERNAME.words, needed=True, example="wang.min"),
    Column(NAME.key, NAME.title, NAME.words, help="写了就和账号上的姓名核对。", example="王敏"),
    Column("role", "角色", ("岗位角色", "系统角色", "权限角色", "岗位"), needed=True, example="窗口人员"),
    AREA,
    Column("since", "起始日期", ("到岗日期", "任职日期", "自何日起", "起"), help="不写的从导入当天算。"),
    Column("until", "截止日期", ("离岗日期", "到期日期", "止"), help="不含当天；长期的不写。"),
)


@dataclass(frozen=True)
class AccountTold:
    """One row of the sheet as an account to open (一行账号)."""

    row: int
    username: str
    name: str
    area: str


@dataclass(frozen=True)
class RoleTold:
    """One row of the sheet as a role to give (一行授权)."""

    row: int
    account: Any
    role: str
    area: str
    since: date
    until: date | None


def check_accounts(*, rows: Sequence[SheetRow], by: Actor, on: date, area: str) -> dict[int, list[Note]]:
    """Notes on the rows of a sheet of accounts (核对职工账号); nothing is written."""
    return judge_accounts(rows, by=by, area=area)[1]


def judge_accounts(
    rows: Sequence[SheetRow], *, by: Actor, area: str
) -> tuple[list[AccountTold], dict[int, list[Note]]]:
    """The accounts that can be opened (可开设), and notes on all other rows; a name that is borne is told, never doubled."""
    places, told, notes = _places(area), [], {}
    known = access.names_borne([row.get("username") for row in rows], by=by)
    seen: dict[str, int] = {}
    for row in rows:
        username, name = access.as_username(row.get("username")), clean_name(row.get("name"))
        found: list[Note] = []
        if row.get("username") and not access.is_username(username):
            found.append(Note("username", "登录名应为 2 至 40 个字符，不含空格。"))
        if username in known:
            holder = known[username]
            found.append(
                Note("username", f"已有这个登录名的账号{f'（{holder}）' if holder else ''}，没有再开。")
            )
        first = seen.setdefault(username, row.number)
        if username and first != row.number:
            found.append(Note("username", f"和第 {first} 行的登录名相同。"))
        if len(name) > LONGEST_NAME:
            found.append(Note("name", f"姓名不能超过 {LONGEST_NAME} 个字。"))
        where = _where(row, places, area, found)
        if where and not by.can(access.MANAGE_ACCOUNTS, area=where):
            found.append(Note("area", f"{area_name(where)}的账号不由您管理。"))
        if found:
            notes[row.number] = found
        elif name and username:
            told.append(AccountTold(row.number, username, name, where))
    return told, notes


def check_roles(*, rows: Sequence[SheetRow], by: Actor, on: date, area: str) -> dict[int, list[Note]]:
    """Notes on the rows of a sheet of roles (核对授权); nothing is written."""
    return judge_roles(rows, by=by, on=on, area=area)[1]


def judge_roles(
    rows: Sequence[SheetRow], *, by: Actor, on: date, area: str
) -> tuple[list[RoleTold], dict[int, list[Note]]]:
    """The roles that can be given (可授予), and notes on all other rows."""
    places, told, notes = _places(area), [], {}
    known = {key: role.title for key, role in roles(on=on).items()}
    keys = {title: key for key, title in known.items()} | {key: key for key in known}
    holders = access.accounts_named([row.get("username") for row in rows], by=by)
    for row in rows:
        found: list[Note] = []
        holder = holders.get(access.as_username(row.get("username")))
        if row.get("username") and holder is None:
            found.append(Note("username", "没有这个登录名的账号，或不在您的范围内；请先由系统管理员开设。"))
        elif holder and not holder.is_active:
            found.append(Note("username", "这个账号已停用。"))
        elif holder and row.get("name") and clean_name(row.get("name")) != holder.name:
            found.append(Note("name", f"这个登录名是{holder.name}的账号，请核对。"))
        role = keys.get(row.get("role"), "")
        if row.get("role") and not role:
            found.append(Note("role", "没有这个角色，请照“账号与授权”里的角色名称写。"))
        where = _where(row, places, area, found)
        if where and not by.can(access.GRANT_ROLES, area=where):
            found.append(Note("area", f"您不能授予{area_name(where)}的角色。"))
        since, until = _day(row, "since", found) or on, _day(row, "until", found)
        one = None
        if not found and holder and role:
            one = RoleTold(row.number, holder, role, where, since, until)
            if note := why_not_give(one, by=by):
                found.append(note)
        if found:
            notes[row.number] = found
        elif one:
            told.append(one)
    return told, notes


def why_not_give(one: RoleTold, *, by: Actor) -> Note | None:
    """What stands against giving a role to somebody as things are now (不能授予): the rules of giving, and that she has it."""
    terms = {"area": one.area, "since": one.since}
    if finding := access.why_not_give(one.account, one.role, until=one.until, by=by, **terms):
        return Note("until" if finding.field == "until" else "role", finding.sentence)
    if access.standing_grant(one.account, one.role, **terms):
        return Note("role", "已有这个角色，没有重复授予。")
    return None


def _places(area: str) -> dict[str, set[str]]:
    """The areas of an area by all they are called (区域名称)."""
    found: dict[str, set[str]] = {}
    for level in (Level.COUNTY, Level.STREET, Level.COMMUNITY, Level.GRID):
        for line in areas_under(area, level):
            for word in {line.name, line.short, line.code} - {""}:
                found.setdefault(word, set()).add(line.code)
    return found


def _where(row: SheetRow, places: dict[str, set[str]], area: str, found: list[Note]) -> str:
    text = row.get("area")
    if not text:
        return area
    codes = places.get(text, set())
    if len(codes) == 1:
        return next(iter(codes))
    own = find_area(area)
    if own and text in (own.name, own.short, own.code):
        return area
    several = "有几个区域叫这个名字，请写区划代码。" if codes else f"{area_name(area)}里没有这个区域。"
    found.append(Note("area", several))
    return ""


def _day(row: SheetRow, key: str, found: list[Note]) -> date | None:
    read = read_day(row.get(key))
    if isinstance(read, Fault):
        found.append(Note(key, read.sentence))
        return None
    return read
