"""Workbooks as departments send them, made with another library than the one that fills them."""

import io
import zipfile
from datetime import date

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Font, PatternFill
from PIL import Image

from yimen.standards.citizen_id import check_character

# Two rows of heading: what stands alone goes over both, the others have a parent.
HEADS = (
    [("序号", "")]
    + [("基本信息", word) for word in ("姓名", "性别", "公民身份号码", "出生日期", "出生年月", "年龄", "民族", "政治面貌")]
    + [("户籍", "地址"), ("户籍", "迁入时间")]
    + [("居住情况", word) for word in ("现住址", "所属社区", "所属街道", "住房性质", "房屋面积")]
    + [("监护人", word) for word in ("姓名", "联系电话")]
    + [("联系电话", ""), ("户主姓名", ""), ("与户主关系", ""), ("家庭人口", "")]
    + [("走访", word) for word in ("最近一次走访日期", "今年走访次数")]
    + [("补贴", word) for word in ("名称", "标准", "月数", "合计")]
    + [(f"备查{number}", "") for number in range(1, 13)]
)  # fmt: skip
TOP, BOTTOM = 3, 4


def number_of(born: str, sequence: int) -> str:
    body = f"330212{born}{sequence:03d}"
    return body + check_character(body)


def column(title: str, parent: str | None = None) -> int:
    return next(
        number
        for number, (over, under) in enumerate(HEADS, start=1)
        if title in (under or over, under) and (parent is None or over == parent)
    )


def forty_columns(people: list[dict[str, str]], *, extra: int = 0) -> bytes:
    """Title, merged heading, one line a person, a formula a line, a total, a picture, a chart and two more sheets."""
    assert len(HEADS) == 40
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "填表说明"
    cover["A1"] = "请于月底前报送"
    sheet = book.create_sheet("困难老人排查表")
    sheet["A1"] = "困难老人排查登记表"
    sheet["A1"].font = Font(bold=True, size=18)
    sheet.merge_cells(start_row=1, start_column=1, end_row=2, end_column=40)
    start = 1
    for number, (over, under) in enumerate(HEADS, start=1):
        if not under:
            sheet.cell(TOP, number, over)
            sheet.merge_cells(start_row=TOP, start_column=number, end_row=BOTTOM, end_column=number)
        else:
            sheet.cell(BOTTOM, number, under)
        if number > 1 and (over != HEADS[number - 2][0] or not under):
            start = number
        if under and (number == 40 or HEADS[number][0] != over):
            sheet.cell(TOP, start, over)
            sheet.merge_cells(start_row=TOP, start_column=start, end_row=TOP, end_column=number)
    for line, told in enumerate(people, start=BOTTOM + 1):
        sheet.cell(line, 1, line - BOTTOM)
        for title, value in told.items():
            sheet.cell(line, column(title), value)
        sheet.cell(line, column("出生日期")).number_format = "yyyy-mm-dd"
        sheet.cell(line, column("出生日期")).fill = PatternFill("solid", fgColor="FFEEEE")
        sheet.cell(line, column("公民身份号码")).number_format = "@"
        sheet.cell(line, column("合计"), f"=Z{line}*AA{line}")
    last = BOTTOM + len(people) + 1
    sheet.cell(last, column("姓名"), "合计")
    sheet.cell(last, column("合计"), f"=SUM(AB5:AB{last - 1})")
    sheet.cell(last + 1, 1, "填表人：")
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    sheet.add_image(Picture(picture), "AP1")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=5, max_row=6))
    sheet.add_chart(chart, "AP10")
    codes = book.create_sheet("代码")
    codes["A1"], codes["B1"] = "民族代码", date(2026, 1, 2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rebuilt(data: bytes, *, change=None, add: dict[str, bytes] | None = None) -> bytes:
    """The same container with parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(part.filename, content) if change else content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()
