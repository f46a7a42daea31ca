"""The code on a letter (二维码): leads whoever holds the paper to where the case can be followed."""

from io import BytesIO

import segno


def word_of(url: str) -> str:
    """The last piece of the address, in groups, printed under the code for who types instead of scanning (查询码)."""
    word = url.rstrip("/").rpartition("/")[2]
    return f"{word[:4]} {word[4:8]} {word[8:]}".strip()


def code_svg(url: str, *, title: str = "扫码查看办理进度") -> str:
    """The code as an SVG drawing for a page; it takes its size from the style sheet."""
    # Level M: still readable when the seal or a fold lies over a corner.
    return segno.make(url, error="m", micro=False).svg_inline(border=2, omitsize=True, title=title)


def code_png(url: str) -> BytesIO:
    """The code as a picture for a Word file."""
    out = BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="png", scale=8, border=2)
    out.seek(0)
    return out
