"""What pages and sheets of rounds are made of."""

from collections.abc import Sequence

from yimen.registers.places.api import area_name
from yimen.work.rounds.queries import Result, Returns, together
from yimen.work.rounds.rules import share

Row = tuple[str, str, int | str, str]


def return_lines(lines: Sequence[Returns]) -> list[tuple[str, Returns, str]]:
    """Community, what came back, and its rate (各社区回收率)."""
    return [(area_name(one.community), one, share(one.returned, one.all)) for one in lines]


def result_rows(result: Result, lines: Sequence[Returns]) -> list[Row]:
    """The result as lines of a sheet: what came back, then question by question."""
    rows: list[Row] = []
    for name, one in [("合计", together(lines)), *((area_name(one.community), one) for one in lines)]:
        rows.append(("名单", name, one.all, ""))
        rows.append(("回卷", name, one.returned, share(one.returned, one.all)))
        rows.append(("不愿意答", name, one.refused, share(one.refused, one.all)))
        rows.append(("没联系上", name, one.not_reached, share(one.not_reached, one.all)))
    for asked in result.counted["questions"] if result.counted else []:
        rows.append((asked["label"], "答了这一题", asked["answered"], ""))
        rows += [(asked["label"], one["label"], one["count"], one["share"]) for one in asked["options"]]
        if told := asked.get("figures"):
            rows += [
                (asked["label"], word, told[key], told["unit"])
                for key, word in (("mean", "平均"), ("middle", "中位"), ("least", "最小"), ("most", "最大"))
            ]
        rows += [(asked["label"], words, "", "") for words in result.words.get(asked["key"], ())]
    return rows
