"""Conditions and calculations that wait for each other (循环): no order of asking would do."""

from collections.abc import Iterable, Iterator, Mapping

from yimen.foundations.forms.engine.xlsform.remarks import ASKED
from yimen.foundations.forms.engine.xlsform.sheets import CannotRead, Row, Table
from yimen.foundations.forms.engine.xlsform.types import structure_of


def must_not_circle(survey: Table, rows: Mapping[str, Row]) -> None:
    """Refuse as `CannotRead` a survey whose questions go round in a circle; it names the rows and the way."""
    needs: dict[str, set[str]] = {}
    around: list[str] = []
    for row in survey.rows:
        structure = structure_of(row.of("type"))
        if structure.startswith("begin"):
            around.append(row.of("relevant"))
        elif structure and around:
            around.pop()
        elif name := row.of("name"):
            written = " ".join((*around, row.of("relevant"), row.of("calculation")))
            needs[name] = set(ASKED.findall(written))
    circle = _circle(needs)
    if circle:
        listed = "、".join(str(rows[name].number) for name in sorted(set(circle), key=circle.index))
        raise CannotRead(
            why=f"survey 第 {listed} 行互相要对方的结果，成了循环：{' → '.join(circle)}。请改掉其中一个条件或算法。"
        )


def _circle(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """The first circle, as a way that ends where it began; none is empty. No recursion: a sheet may be long."""
    done: set[str] = set()
    for start in needs:
        way: list[str] = []
        waiting: list[Iterator[str]] = [iter((start,))]
        while waiting:
            name = next(waiting[-1], None)
            if name is None:
                waiting.pop()
                if way:
                    done.add(way.pop())
            elif name in way:
                return [*way[way.index(name) :], name]
            elif name in needs and name not in done:
                way.append(name)
                waiting.append(iter(sorted(needs[name])))
    return []
