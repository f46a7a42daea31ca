"""What can be declared by the code on the stairs, and how often."""

from collections.abc import Mapping
from datetime import date

from yimen.kernel.findings import Finding

LONGEST_AGO = 366


def why_not_declare(
    *, kind: str, name: str, phone: str, since: date, heads: int | None, today: date, collective: bool
) -> list[Finding]:
    """All that stands against a declaration as told (申报)."""
    found = []
    if collective != (kind == "heads"):
        told = "这里是集体住所，只报人数。" if collective else "这里不是集体住所，请报本人搬来或搬走。"
        found.append(Finding("people.declared_wrong_kind", told, "kind"))
    if kind != "heads" and not name.strip():
        found.append(Finding("people.declared_no_name", "请填写姓名。", "name"))
    if kind != "heads" and len([letter for letter in phone if letter.isdigit()]) < 7:
        found.append(Finding("people.declared_no_phone", "请填写能打通的电话，网格员好找您核实。", "phone"))
    if kind == "heads" and (heads is None or not 0 <= heads <= 5000):
        found.append(Finding("people.declared_no_heads", "请填写现在住着多少人。", "heads"))
    if since > today or (today - since).days > LONGEST_AGO:
        found.append(Finding("people.declared_day", "日期只能是今天或过去一年以内。", "since"))
    return found


def why_too_many(counts: Mapping[str, int], most: Mapping[str, int]) -> Finding | None:
    """No more from one place in an hour, and at one door in a day, than the street says (限次)."""
    if counts["source"] >= most["source"]:
        return Finding("people.declared_too_often", "申报次数太多，请过一小时再试，或打社区电话。")
    if counts["door"] >= most["door"]:
        return Finding(
            "people.declared_too_often", "这一户今天已经收到多份申报，网格员会上门核实，不用再报。"
        )
    return None
