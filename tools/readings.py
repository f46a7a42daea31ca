"""Words that are read otherwise than their characters one by one (词语读音), for `yimen/kernel/readings.txt`.

Written anew by `python -m tools.readings`.

The dictionary of pypinyin holds 47,000 words, 44 MiB in each process; fourteen of fifteen say what the characters say anyhow.
Only the others go with us.
"""

from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent / "yimen" / "kernel" / "readings.txt"
_LONGEST = 4
_HEAD = "# 读音与逐字不同的词，由 pypinyin（MIT）的词库选出；勿手改，用 tools/readings.py 重做。\n"


def chosen() -> str:
    """The file as it must be: a word and its syllables a line, by word. Needs a process that has not imported the product."""
    from pypinyin import Style, lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    def read(text: str) -> list[str]:
        return lazy_pinyin(text, style=Style.NORMAL, errors=list, v_to_u=False)

    lines = []
    for word in sorted(PHRASES_DICT):
        syllables = read(word)
        if len(word) <= _LONGEST and syllables != [one for character in word for one in read(character)]:
            lines.append(f"{word} {' '.join(syllables)}\n")
    return _HEAD + "".join(lines)


if __name__ == "__main__":
    KEPT.write_text(chosen(), encoding="utf-8")
