"""A letter as a Word file, laid out as GB/T 9704-2012 (党政机关公文格式) asks.

Typefaces are named, not carried: the machines of an office have 方正小标宋, 仿宋_GB2312 and 黑体, and Word takes its next best
where one is missing. Each run names its East Asian typeface, or Word would set Chinese in the Latin one.
"""

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from yimen.foundations.documents.engine.codes import code_png, word_of
from yimen.foundations.documents.engine.letters import Sheet

TITLE, BODY, HEADING, FIGURES = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"
SIZE_2, SIZE_3, SIZE_4 = Pt(22), Pt(16), Pt(14)  # 二号、三号、四号
LINE = Pt(28.95)  # 22 lines on the 225 mm of the type area
INDENT = 2 * SIZE_3  # two characters
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)


def write_word(sheet: Sheet, *, at: datetime, tracking_url: str = "", void: bool = False) -> bytes:
    """The letter (文书 Word 版) as a .docx file: number, title, text, remedies, lines to sign, unit and date, the code."""
    paper = Document()
    _lay_out(paper)
    if void:
        _add(paper, "（本文书已作废）", face=HEADING, align=WD_ALIGN_PARAGRAPH.CENTER)
    _add(paper, sheet.title, face=TITLE, size=SIZE_2, align=WD_ALIGN_PARAGRAPH.CENTER)
    _add(paper, sheet.number, align=WD_ALIGN_PARAGRAPH.CENTER)
    _add(paper, "")
    if sheet.to:
        _add(paper, f"{sheet.to}：")
    for style, text in (*sheet.paragraphs, *sheet.remedies):
        for line in text.split("\n"):
            _add(paper, line, face=HEADING if style == "heading" else BODY, indent=True)
    if sheet.closing:
        _add(paper, sheet.closing, indent=True)
    if sheet.signature:
        _sign(paper, sheet)
    for line in sheet.signs:
        _add(paper, line, indent=True)
    if sheet.copies:
        _add(paper, f"（{sheet.copies.rstrip('。')}）", size=SIZE_4, indent=True)
    if sheet.tracking and tracking_url:
        _add_code(paper, tracking_url)
    core = paper.core_properties
    core.title, core.author, core.last_modified_by = f"{sheet.title} {sheet.number}", sheet.unit, sheet.unit
    core.comments, core.language, core.created, core.modified = "", "zh-CN", at, at
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _lay_out(paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.footer_distance = Mm(28)  # the page number stands 7 mm below the type area
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    normal = paper.styles["Normal"]
    normal.font.size = SIZE_3
    _name_face(normal.element.get_or_add_rPr(), BODY)
    _number_pages(section.footer.paragraphs[0])


def _add(
    paper, text: str, *, face: str = BODY, size=SIZE_3, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent: bool = False
) -> Paragraph:
    paragraph = paper.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    layout.alignment = align
    if indent:
        layout.first_line_indent = INDENT
    run = paragraph.add_run(text)
    run.font.size = size
    _name_face(run._element.get_or_add_rPr(), face)
    return paragraph


def _sign(paper, sheet: Sheet) -> None:
    """Room for the seal, then unit over date; the date ends four characters from the edge, as for a sealed paper."""
    for _ in range(2):
        _add(paper, "").paragraph_format.keep_with_next = True
    for text in (sheet.unit, sheet.date):
        line = _add(paper, text, align=WD_ALIGN_PARAGRAPH.RIGHT)
        line.paragraph_format.right_indent = 4 * SIZE_3
        line.paragraph_format.keep_with_next = text is not sheet.date


def _add_code(paper, url: str) -> None:
    table = paper.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    picture, words = table.rows[0].cells
    picture.width, words.width = Mm(30), Mm(126)
    picture.paragraphs[0].add_run().add_picture(code_png(url), width=Mm(25))
    run = words.paragraphs[0].add_run(
        f"扫码查看办理进度，查询码 {word_of(url)}。不便扫码的，持本文书到窗口或打电话均可查询。"
    )
    run.font.size = SIZE_4
    _name_face(run._element.get_or_add_rPr(), BODY)


def _number_pages(paragraph: Paragraph) -> None:
    """— 1 —, in figures of 四号 宋体."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")
    for run in paragraph.runs:
        run.font.size = SIZE_4
        _name_face(run._element.get_or_add_rPr(), FIGURES)


def _name_face(properties, face: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), face)
    # A named theme font would win over the name.
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)
