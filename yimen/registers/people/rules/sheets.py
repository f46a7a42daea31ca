"""How a sheet of residents is read (居民名册): its columns, and what a row says of a new resident."""

from collections.abc import Callable, Mapping
from datetime import date

from yimen.foundations.imports.ports import Column, Note, SheetRow
from yimen.kernel.faults import Fault
from yimen.kernel.text import clean_line, narrow
from yimen.registers.people.choices import ROLES, DocumentKind, FactSource, LocalTieKind, Sex
from yimen.registers.people.rules.local_ties import why_not_tie
from yimen.registers.people.rules.registration import NewPerson, NewTie
from yimen.standards.phone import parse_phone

COLUMNS = (
    Column("name", "姓名", ("居民姓名", "人员姓名", "本人姓名", "人口姓名"), needed=True, example="王桂英"),
    Column(
        "id_number",
        "身份证号码",
        ("身份证号", "身份证", "公民身份号码", "公民身份证号码", "居民身份证号码", "身份号码"),
        secret=True,
        unique=True,
        help="18 位；15 位旧号会换成 18 位。这一列要设成“文本”格式。",
        example="330212195003011228",
    ),
    Column("sex", "性别", (), help="男、女；有身份证号码的可以不填。", example="女"),
    Column(
        "birth_on", "出生日期", ("出生年月日", "生日"), help="有身份证号码的可以不填。", example="1950-03-01"
    ),
    Column(
        "phone",
        "联系电话",
        ("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"),
        secret=True,
        example="13800001234",
    ),
    Column(
        "community",
        "社区",
        ("所属社区", "所在社区", "社区名称", "村社区", "村居", "居委会"),
        help="只有一个社区的表可以没有这一列。",
    ),
    Column(
        "address",
        "现住址",
        ("住址", "居住地址", "居住地", "家庭住址", "常住地址", "地址", "详细地址"),
        example="东方丽都3幢501室",
    ),
    Column(
        "kind",
        "人户状态",
        ("居住类别", "人户情况", "人户分离"),
        help="户在人在、人在户不在、户在人不在；不填的按住在本社区。",
        example="户在人在",
    ),
    Column("hukou_address", "户籍地址", ("户籍地", "户口所在地", "户籍所在地", "户口地址")),
    Column("since", "入住日期", ("居住开始日期", "来本地日期", "迁入日期"), help="不填的从导入当天算。"),
    Column(
        "household",
        "户号",
        ("户编号", "家庭编号", "户内编号"),
        help="同一户写同一个号，并且排在一起。",
        example="1",
    ),
    Column(
        "role",
        "与户主关系",
        ("户主关系", "家庭关系", "与户主的关系"),
        help="户主、配偶、子、女……",
        example="户主",
    ),
    Column("former_name", "曾用名", ("原名",)),
    Column("document_kind", "其他证件类型", ("证件类型", "证件种类"), example=""),
    Column("document_number", "其他证件号码", ("证件号码", "证件号"), secret=True, unique=True),
    Column(
        "tie_kind",
        "工作或就学",
        ("就业就学", "就业或就学", "工作就学", "就业就学类别"),
        help="工作、就学；写了单位或学校的都要写。",
        example="工作",
    ),
    Column(
        "tie_place",
        "工作单位或学校",
        ("工作单位", "单位名称", "就业单位", "就读学校", "学校", "学校名称", "单位或学校", "工作单位/学校"),
        help="写全称。",
        example="潘火中心小学",
    ),
    Column(
        "tie_community",
        "单位或学校所在社区",
        ("单位所在社区", "学校所在社区", "工作地社区", "单位社区"),
        help="可以是别的街道的社区；重名的写十二位统计用区划代码。",
    ),
    Column(
        "tie_since",
        "工作就学起始日期",
        ("起始日期", "入职日期", "入学日期", "开始日期", "工作起始日期", "就学起始日期"),
        example="2024-09-01",
    ),
    Column(
        "tie_until",
        "工作就学结束日期",
        ("结束日期", "合同到期日期", "合同到期", "毕业日期"),
        help="知道的才填；到那天自动结束。",
    ),
    Column(
        "tie_basis",
        "工作就学依据",
        ("登记依据",),
        help="本人说明、劳动合同、学生证……不填的记作导入的名册。",
    ),
)
TOGETHER = ("community", "household")

_SEXES = {
    "男": Sex.MALE,
    "女": Sex.FEMALE,
    "1": Sex.MALE,
    "2": Sex.FEMALE,
    "男性": Sex.MALE,
    "女性": Sex.FEMALE,
    "未知": Sex.UNKNOWN,
    "0": Sex.UNKNOWN,
    "9": Sex.NOT_STATED,
    "未说明": Sex.NOT_STATED,
}
_HERE, _HERE_ONLY, _AWAY = "here", "here_only", "away"
_KINDS = {
    "户在人在": _HERE,
    "人户一致": _HERE,
    "人户合一": _HERE,
    "常住": _HERE,
    "户籍人口": _HERE,
    "本地": _HERE,
    "户籍常住": _HERE,
    "人在户不在": _HERE_ONLY,
    "流动人口": _HERE_ONLY,
    "外来": _HERE_ONLY,
    "外来人口": _HERE_ONLY,
    "有人无户": _HERE_ONLY,
    "户在人不在": _AWAY,
    "空挂户": _AWAY,
    "空挂": _AWAY,
    "有户无人": _AWAY,
    "人户分离": _AWAY,
}
_ROLES = {label: code for code, label in ROLES.items()} | {
    "妻子": "12",
    "丈夫": "11",
    "老婆": "12",
    "老公": "11",
    "爱人": "10",
    "儿子": "20",
    "女儿": "30",
    "儿": "20",
    "爸爸": "51",
    "妈妈": "52",
    "孙子": "41",
    "孙女": "42",
    "外孙": "43",
    "外孙女": "44",
    "外孙子": "43",
    "哥哥": "71",
    "弟弟": "73",
    "姐姐": "75",
    "妹妹": "77",
    "哥": "71",
    "姐": "75",
    "岳父": "55",
    "岳母": "56",
}
_DOCUMENTS = {kind.label: kind.value for kind in DocumentKind} | {
    "身份证": "id_card",
    "户口簿": "household_book",
    "户口本": "household_book",
    "港澳通行证": "hk_macao_permit",
    "回乡证": "hk_macao_permit",
    "台胞证": "taiwan_permit",
    "外国人永居证": "foreign_resident_card",
    "出生证": "birth_certificate",
    "出生证明": "birth_certificate",
    "社保卡": "social_security_card",
    "军官证": "officer_card",
}

_TIES = {
    "工作": LocalTieKind.WORK,
    "就业": LocalTieKind.WORK,
    "在职": LocalTieKind.WORK,
    "上班": LocalTieKind.WORK,
    "就学": LocalTieKind.SCHOOL,
    "就读": LocalTieKind.SCHOOL,
    "在读": LocalTieKind.SCHOOL,
    "上学": LocalTieKind.SCHOOL,
}
_TIE_COLUMNS = ("tie_kind", "tie_place", "tie_community", "tie_since", "tie_until", "tie_basis")
BASIS = "导入的名册"

ReadDay = Callable[[str], date | Fault | None]


def new_person(row: SheetRow, *, community: str, read_day: ReadDay) -> tuple[NewPerson | None, list[Note]]:
    """What a row says (一行居民); notes say which cells cannot be read, and None that nothing can be made of it."""
    notes: list[Note] = []
    days: dict[str, date | None] = {}
    for key in ("birth_on", "since"):
        read = read_day(row.get(key))
        if isinstance(read, Fault):
            notes.append(Note(key, read.sentence))
            read = None
        days[key] = read
    sex = _told(row, "sex", _SEXES, notes, "性别请写男或女。")
    kind = _told(row, "kind", _KINDS, notes, "请写户在人在、人在户不在或户在人不在。") or (
        _HERE_ONLY if row.get("hukou_address") else ""
    )
    role = row.get("role")
    if role and role not in ROLES:
        role = _told(
            row, "role", _ROLES, notes, "与户主关系不在国家标准里，请写户主、配偶、子、女、父亲、母亲等。"
        )
    document_kind = _told(
        row, "document_kind", _DOCUMENTS, notes, "没有这种证件，请写护照、户口簿、港澳居民来往内地通行证等。"
    )
    number = row.get("document_number")
    if number and not document_kind and not any(note.column == "document_kind" for note in notes):
        notes.append(Note("document_kind", "有证件号码，没有写是哪种证件。"))
    if (phone := row.get("phone")) and isinstance(parse_phone(phone), Fault):
        notes.append(Note("phone", "电话看不懂，将照原样保存，请核对。", refuses=False))
    if any(note.refuses for note in notes) or not community:
        return None, notes
    documents = ((document_kind, number),) if number and document_kind else ()
    return NewPerson(
        name=row.get("name"),
        community=community,
        sex=str(sex),
        birth_on=days["birth_on"],
        id_number=row.get("id_number"),
        documents=documents,
        phone=phone,
        lives_here=kind != _AWAY,
        lives_address=row.get("address"),
        since=days["since"],
        hukou=community if kind in (_HERE, _AWAY) else "",
        hukou_address=row.get("hukou_address"),
        household=f"{community}/{row.get('household')}" if row.get("household") else "",
        role=role,
        former_names=(row.get("former_name"),) if row.get("former_name") else (),
        source=FactSource.IMPORT,
    ), notes


def new_tie(
    row: SheetRow,
    *,
    community: tuple[str, Note | None],
    born: date | None,
    today: date,
    read_day: ReadDay,
) -> tuple[NewTie | None, list[Note]]:
    """Where the row says that she works or learns (工作、就学地), with the rules of the window; None where it says nothing.

    ``community`` is what the cell of its community was read as.
    """
    if not any(map(row.values.get, _TIE_COLUMNS)):
        return None, []
    notes: list[Note] = []
    kind = _told(row, "tie_kind", _TIES, notes, "请写工作或就学。")
    if not row.get("tie_kind"):
        notes.append(Note("tie_kind", "请写明是工作还是就学。"))
    days: dict[str, date | None] = {}
    for key in ("tie_since", "tie_until"):
        read = read_day(row.get(key))
        if isinstance(read, Fault):
            notes.append(Note(key, read.sentence))
        days[key] = None if isinstance(read, Fault) else read
    if not row.get("tie_since"):
        notes.append(Note("tie_since", "请写从哪天起在那里工作或就学。"))
    place, note = community
    if not row.get("tie_community"):
        notes.append(Note("tie_community", "请写单位或学校在哪个社区。"))
    elif note:
        notes.append(note)
    told = NewTie(
        kind=kind,
        community=place,
        place=clean_line(row.get("tie_place"))[:80],
        basis=clean_line(row.get("tie_basis"))[:100] or BASIS,
        since=days["tie_since"] or today,
        until=days["tie_until"],
    )
    said = {note.column for note in notes}
    findings = why_not_tie(
        kind=told.kind,
        place=told.place,
        basis=told.basis,
        since=told.since,
        until=told.until,
        born=born,
        today=today,
    )
    for one in findings:
        if (column := TIE_COLUMN[one.field]) not in said:
            notes.append(Note(column, one.sentence))
    return (None if notes else told), notes


TIE_COLUMN = {
    "kind": "tie_kind",
    "place": "tie_place",
    "basis": "tie_basis",
    "since": "tie_since",
    "until": "tie_until",
}

# What a finding of the register is about, in the words of the sheet.
FIELD_COLUMN = {
    "name": "name",
    "community": "community",
    "sex": "sex",
    "birth_on": "birth_on",
    "since": "since",
    "role": "role",
    "id_number": "id_number",
    "documents": "document_number",
}


def _told(row: SheetRow, key: str, words: Mapping[str, str], notes: list[Note], sentence: str) -> str:
    text = row.get(key)
    if not text:
        return ""
    found = words.get(text) or words.get(narrow(text).replace(" ", ""))
    if found is None:
        notes.append(Note(key, sentence))
        return ""
    return str(found)
