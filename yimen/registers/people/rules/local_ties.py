"""When a place of work or a school may be noted (能否登记工作、就学地)."""

from datetime import date

from yimen.kernel.findings import Finding
from yimen.registers.people.choices import ENTERED


def why_not_tie(
    *,
    kind: str,
    place: str,
    basis: str,
    since: date,
    until: date | None,
    born: date | None,
    today: date,
) -> list[Finding]:
    """What speaks against it (不能登记的原因): nothing said of where or by what, days that cannot be."""
    found = []

    def no(sentence: str, field: str) -> None:
        found.append(Finding("people.cannot_tie", sentence, field))

    if kind not in ENTERED:
        no("请选择工作还是就学。", "kind")
    if not place:
        no("请填写单位或学校的名称。", "place")
    if not basis:
        no("请写明依据，例如：本人说明、劳动合同、学生证。", "basis")
    if since > today:
        no("开始的日期在今天之后。", "since")
    if born and since < born:
        no("开始的日期早于出生日期。", "since")
    if until and until <= since:
        no("结束的日期要晚于开始的日期。", "until")
    return found
