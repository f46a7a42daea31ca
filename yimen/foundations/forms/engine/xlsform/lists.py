"""The choices of a workbook (选项表), by the name of their list."""

import re
from typing import Any

from yimen.foundations.forms.engine.xlsform.remarks import CHANGED, LEFT, LONGEST, Remarks
from yimen.foundations.forms.engine.xlsform.sheets import Row, Table


def read_lists(table: Table, remarks: Remarks) -> dict[str, list[dict[str, Any]]]:
    """The options of each list, in the shape of the grammar; what is wrong with a row is remarked."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in table.rows:
        listed, value = row.of("list_name"), row.of("name")
        if not listed or not value:
            _say(remarks, row, "缺选项表名（list_name）或选项名称（name），没有带进来", LEFT)
            continue
        if not re.fullmatch(r"[^\s,;]{1,40}", value):
            kept = re.sub(r"[\s,;]+", "_", value)[:40]
            _say(remarks, row, f"选项的编号改成 {kept}（不能有空格和逗号，最多 40 字）", CHANGED)
            value = kept
        label = " ".join(table.words(row, "label").split())
        if not label:
            _say(remarks, row, "没有选项文字，用了它的名称", CHANGED)
        elif len(label) > LONGEST["option"]:
            _say(remarks, row, f"选项文字超过 {LONGEST['option']} 字，后面的截去了", LEFT)
            label = f"{label[: LONGEST['option'] - 1]}…"
        options = found.setdefault(listed, [])
        if any(one["value"] == value for one in options):
            _say(remarks, row, "和前面的选项重复，没有带进来", LEFT)
            continue
        option: dict[str, Any] = {"value": value, "label": label or value}
        if re.fullmatch(r"-?[0-9]{1,4}", row.of("yimen_points")):
            option["points"] = int(row.of("yimen_points"))
        options.append(option)
    return found


def _say(remarks: Remarks, row: Row, said: str, tone: str) -> None:
    remarks.told("choices", row.number, row.of("name")[:60], said, tone)
