"""Bring in the national list of areas, and adopt one's own streets from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from yimen.foundations.audit.api import operation, record_batch, unchanged
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.refusals import NotPossible
from yimen.registers.places.models import NationalArea
from yimen.registers.places.operations.areas import AreaRow, import_areas
from yimen.registers.places.permissions import SHAPE_AREAS
from yimen.registers.places.rules.national import (
    NATIONAL_DIGITS,
    area_of_committee,
    compare_lists,
    is_national_code,
)

AT_ONCE = 50_000
FEW = 20


class NotTheList(NotPossible):
    code = "places.not_the_list"
    sentence = "这不是区划清单：{why}。"


class LooksIncomplete(NotPossible):
    code = "places.looks_incomplete"
    sentence = "照这份清单要取消 {gone} 条已有的区域，像是不完整。确实都取消了，请加 --with-gone 再导入。"


class OlderThanKnown(NotPossible):
    code = "places.older_than_known"
    sentence = "已有{known:%Y年%m月%d日}的清单，不能再导入{asked:%Y年%m月%d日}的。"


class NotOnTheList(NotPossible):
    code = "places.not_on_the_list"
    sentence = "全国区划清单里没有代码 {code}，请先导入清单，或核对代码。"


@dataclass(frozen=True)
class Loaded:
    """What a list changed, at one level (导入结果)."""

    digits: int
    listed: int
    new: int
    renamed: int
    ended: int


@operation("places.national.imported")
def import_national_list(
    *, by: Actor, at: datetime, names: Mapping[str, str], on: date, source: str, with_gone: bool = False
) -> list[Loaded]:
    """Bring in a list of areas by their national codes (导入全国区划清单), as it stands on a day.

    What is new begins on the day, what is called otherwise ends and begins anew, and what a listed parent no longer holds
    ends with all below it; a list of a few streets ends nothing outside of them. The same list again changes nothing.
    Refuses codes that are none, a list older than what is known, and one after which much would be gone, unless
    ``with_gone`` says that this is so.
    """
    by.must(SHAPE_AREAS, area="")
    if not names:
        raise NotTheList(why="里面没有一行代码和名称")
    wrong = next((code for code, name in names.items() if not is_national_code(code) or not name), None)
    if wrong is not None:
        raise NotTheList(why=f"代码“{wrong}”应为 2、4、6、9 或 12 位数字，并且有名称")
    newest = NationalArea.objects.order_by("-since").values_list("since", flat=True).first()
    if newest and newest > on:
        raise OlderThanKnown(known=newest, asked=on)
    standing = NationalArea.objects.filter(until__isnull=True).values_list("code", "name", "since")
    known = {code: (name, since) for code, name, since in standing.iterator(chunk_size=AT_ONCE)}
    change = compare_lists({code: name for code, (name, _) in known.items()}, names)
    if len(change.ended) > max(FEW, len(names) // 100) and not with_gone:
        raise LooksIncomplete(gone=len(change.ended))
    # What began today and is called otherwise in a second list of the same day was a slip, not a renaming.
    mended = {code for code in change.renamed if known[code][1] == on}
    over = sorted((change.renamed - mended) | change.ended)
    begun = sorted(change.new | (change.renamed - mended))
    with connection.cursor() as cursor:
        cursor.execute(_MEND, [sorted(mended), [names[code] for code in sorted(mended)]])
        for first in range(0, len(over), AT_ONCE):
            cursor.execute(_END, [on, over[first : first + AT_ONCE]])
        for first in range(0, len(begun), AT_ONCE):
            codes = begun[first : first + AT_ONCE]
            cursor.execute(_BEGIN, [on, codes, [names[code] for code in codes]])
    answer = [
        Loaded(digits, *(sum(len(code) == digits for code in codes) for codes in (names, *change)))
        for digits in NATIONAL_DIGITS
    ]
    if any(change):
        record_batch([vars(one) for one in answer], kind="national_list", area="", on=on, source=source)
    else:
        unchanged()
    return answer


@operation("places.areas.adopted")
def adopt_areas(*, by: Actor, at: datetime, streets: list[str], since: date) -> list[str]:
    """Open streets with their county and communities as the national list has them (从清单设立区域); answers our new codes.

    What stands already stays; a community that is called otherwise now gets its new name.
    """
    wanted: dict[str, str] = {}
    for street in streets:
        county = street[: Level.COUNTY.digits]
        rows = NationalArea.objects.on(since)
        found = dict(rows.inside(street).values_list("code", "name"))
        found |= dict(rows.filter(code=county).values_list("code", "name"))
        if len(street) != Level.STREET.digits or street not in found or county not in found:
            raise NotOnTheList(code=street)
        wanted |= found
    rows = [AreaRow(code, area_of_committee(name)) for code, name in sorted(wanted.items())]
    return import_areas(by=by, at=at, rows=rows, since=since)


_MEND = """
UPDATE places_nationalarea AS stood SET name = listed.name
FROM unnest(%s::text[], %s::text[]) AS listed (code, name)
WHERE stood.code = listed.code AND stood.until IS NULL
"""
_END = """
UPDATE places_nationalarea SET until = greatest(%s, since + 1) WHERE until IS NULL AND code = ANY (%s)
"""
_BEGIN = """
INSERT INTO places_nationalarea (public_id, code, name, since)
SELECT gen_random_uuid(), listed.code, listed.name, %s
FROM unnest(%s::text[], %s::text[]) AS listed (code, name)
"""
