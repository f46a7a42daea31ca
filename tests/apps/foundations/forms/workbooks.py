"""XLSForm workbooks for tests, written as people write them."""

from io import BytesIO

import openpyxl

SURVEY = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "purpose",
)
CHOICES = ("list_name", "name", "label")


def workbook(survey, choices=(), settings=None, *, columns=SURVEY, choice_columns=CHOICES, more=()):
    """The bytes of a workbook; a row of the survey is a mapping, or a tuple in the order of the columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    _fill(sheet, columns, survey)
    _fill(book.create_sheet("choices"), choice_columns, choices)
    if settings:
        _fill(book.create_sheet("settings"), tuple(settings), [settings])
    for name in more:
        book.create_sheet(name)
    return saved(book)


def saved(book):
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet, columns, rows):
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row.get(column) for column in columns] if isinstance(row, dict) else list(row))


def question(kind, name, label=None, **more):
    """One row of a survey."""
    return {"type": kind, "name": name, "label": label or f"题目{name}", "purpose": "测试用途", **more}


HOUSEHOLD = workbook(
    [
        question("note", "hello", "您好，请如实填写。"),
        {"type": "begin group", "name": "who", "label": "基本情况"},
        question("text", "name", "姓名", required="yes", hint="和身份证一致"),
        question(
            "integer",
            "age",
            "年龄",
            constraint=". >= 0 and . <= 130",
            constraint_message="年龄在 0 到 130 之间",
        ),
        question("select_one sex", "sex", "性别", required="yes"),
        {"type": "end group"},
        {"type": "begin group", "name": "care", "label": "照料需求", "relevant": "${age} >= 60"},
        question("select_multiple needs", "needs", "需要什么"),
        question("text", "meal", "送到哪里", relevant="selected(${needs}, 'meal')", required="${age} > 80"),
        question("decimal", "pension", "每月养老金（元）"),
        question("calculate", "rest", "每天可用", calculation="round(${pension} div 30, 2)"),
        question("date", "since", "从哪天起", constraint=". <= today()"),
        {"type": "end group"},
        question("acknowledge", "ok", "以上属实", required="true"),
    ],
    [("sex", "m", "男"), ("sex", "f", "女"), ("needs", "meal", "送餐"), ("needs", "bath", "助浴")],
    {"form_title": "老人照料需求表", "form_id": "elder_needs"},
)
