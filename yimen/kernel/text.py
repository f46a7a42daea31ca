"""Cleaning of typed and imported text (文本规范).

Three strengths, from careful to strong:

- `clean_line` and `clean_text` are for what people read later (addresses, remarks). Full-width letters and digits become
  half-width, invisible characters go; Chinese punctuation stays Chinese.
- `clean_name` is for names of people.
- `narrow` is for what is compared (numbers, codes, search): full Unicode NFKC.

None of them ever alters a Han character. Unicode's own normal forms would: they replace the CJK compatibility ideographs
(U+F900–FAFF, U+2F800–2FA1F), and a name would no longer be written as on the household register. Characters of four bytes
(𠮷) and of the private use area (rare characters of older registers) pass untouched. The one exception are the Kangxi
radicals (U+2F00–2FD5, from copied PDF pages), which are not characters of a name but look like them: they become Han.
"""

import re
import unicodedata

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007"
_HAN_RUN = re.compile(f"([{_HAN}]+)")
_KANGXI = re.compile("[\u2f00-\u2fd5]")
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
_DOT_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])[.\uff0e](?=[{_HAN}])")
_MIDDLE_DOTS = re.compile("\\s*[\u00b7\u0387\u2022\u2027\u2219\u22c5\u30fb\uff65\u2024\u16eb]\\s*")
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_WIDE_ALPHANUMERICS = {
    wide: wide - 0xFEE0
    for start, end in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for wide in range(start, end + 1)
}
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

# Most names are of these alone, which no cleaning of names touches either.
_COMMON_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
# Nearly every text is of these alone: printable ASCII and common Han, which no normal form and no cleaning touches.
_SETTLED = re.compile("[ -~\u3400-\u4dbf\u4e00-\u9fff]*")

_TERM = re.compile(r"[（(]([\u4e00-\u9fff][^()（）]*)[)）]")


def is_han(character: str) -> bool:
    """Whether one character is Han (汉字), of any Unicode plane."""
    return _HAN_RUN.fullmatch(character) is not None


def is_all_han(text: str) -> bool:
    """Whether a text is Han from first to last character, and not empty."""
    return _HAN_RUN.fullmatch(text) is not None


def narrow(text: str) -> str:
    """The text for comparing: NFKC outside Han runs, invisible characters dropped, blanks collapsed and trimmed.

    '１３８－００１３ ８０００' → '138-0013 8000'; '（甲）' → '(甲)'.
    """
    if text.isascii() and text.isalnum():
        return text
    folded = text if _SETTLED.fullmatch(text) else _outside_han(_from_kangxi(_visible(text)), "NFKC")
    return " ".join(folded.split())


def clean_line(text: str) -> str:
    """One line for people to read: line breaks and runs of blanks become one blank, the ends are trimmed."""
    return " ".join(_readable(text).split())


def clean_text(text: str) -> str:
    """Several lines for people to read: as `clean_line` for each line, at most one empty line in a row."""
    lines = [" ".join(line.split()) for line in _readable(text).splitlines()]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def clean_name(text: str) -> str:
    """A person's name (姓名) as it is kept.

    The many middle dots (·•・‧) become '·' (U+00B7, the one of GB 18030), also a full stop between two Han characters;
    blanks go beside the dot and between Han characters ('张 三' → '张三') and shrink to one in Latin names. Case stays.
    """
    if _COMMON_HAN.fullmatch(text):
        return text
    name = _readable(_VARIATION_SELECTORS.sub("", text))
    name = _DOT_BETWEEN_HAN.sub("·", _MIDDLE_DOTS.sub("·", name))
    name = _BETWEEN_HAN.sub("", " ".join(name.split()))
    return name.strip("· ")


def defuse_formula(cell: str) -> str:
    """A text cell that no spreadsheet will run: an apostrophe goes before = + - @ and before tab and line breaks.

    Source: OWASP, CSV injection. Numbers are written as numbers and do not come here.
    """
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell


def _readable(text: str) -> str:
    if _SETTLED.fullmatch(text):
        return text
    composed = _outside_han(_from_kangxi(_visible(text)), "NFC")
    return composed.translate(_WIDE_ALPHANUMERICS)


def _visible(text: str) -> str:
    """Drop control characters but tab and line breaks, format characters (zero width, text direction) and surrogates."""
    return "".join(
        character
        for character in text
        if character in "\t\n\r" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )


def _from_kangxi(text: str) -> str:
    return _KANGXI.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def _outside_han(text: str, form: str) -> str:
    return "".join(
        part if index % 2 else unicodedata.normalize(form, part)
        for index, part in enumerate(_HAN_RUN.split(text))
    )


def chinese_term(docstring: str | None) -> str:
    """The Chinese term of a docstring (中文名): "Close an account (停用账号): …" → "停用账号"; "" when it tells none."""
    found = _TERM.search(docstring or "")
    return found.group(1) if found else ""
