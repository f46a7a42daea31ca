"""A department's workbook of forty columns (填报表) on its way: uploaded, filled by the job, kept as an edition, taken away.

`python -m bench.books ROWS FOLDER` runs within an installation whose worker is up, and tells each step as a line of JSON. The
residents are those of `bench.sheets`, brought in first.
"""

import csv
import io
import json
import sys
import time
from pathlib import Path
from typing import Any

from bench.population import COUNTY, communities
from bench.sheets import Way, write_sheet

SHEET = "排查表"
HEADS = (
    *("序号", "姓名", "性别", "公民身份号码", "出生日期", "出生年月", "年龄", "联系电话", "现住址", "户籍地址"),
    *("所属社区", "所属街道", "户主姓名", "与户主关系", "家庭人口", "最近一次走访日期", "今年走访次数", "本月走访次数"),
    *("民族", "政治面貌", "文化程度", "婚姻状况", "工作单位", "月收入", "低保等级", "残疾等级", "监护人姓名", "监护人电话"),
    *(f"备查{number}" for number in range(1, 13)),
)  # fmt: skip
NAME, NUMBER, SEX = 2, 4, 3
LOOK_EACH = 0.2


def write_book(path: Path, people: list[tuple[str, str]]) -> None:
    """The workbook as a department sends it: a title over all, a heading, one line a resident with name and number."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(["困难人员排查登记表"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADS))
    sheet.append(list(HEADS))
    for number, (name, id_number) in enumerate(people, start=1):
        sheet.append([number, name, None, id_number])
    book.save(path)


def people_in(path: Path, most: int) -> list[tuple[str, str]]:
    """Names and numbers of the sheet of residents, those that came in."""
    from yimen.standards.citizen_id import check_character

    with path.open(encoding="gb18030", newline="") as source:
        rows = [(row["姓名"], row["身份证号"]) for row in csv.DictReader(source)]
    return [(name, number) for name, number in rows if check_character(number[:17]) == number[17]][:most]


class Filling(Way):
    """One workbook on its way; the clerk of the sheet is a worker as well."""

    def prepare_filling(self) -> None:
        from django.utils import timezone

        from yimen.foundations.bus.api import act_as
        from yimen.kernel.clock import day_of

        now = timezone.now()
        with act_as(self.system, on=day_of(now)):
            self.access.grant_role(
                by=self.system,
                at=now,
                account=self.account,
                role="community_worker",
                area=COUNTY,
                since=day_of(now),
            )

    def fill(self, path: Path, lines: int) -> None:
        """All steps, one after the other, with how often somebody who looks saw another progress."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from yimen.steering.returns import api as returns

        told = {"area": COUNTY, "title": "排查表", "unit_name": "区民政局", "due_on": None}
        began = time.perf_counter()
        table = self._do(
            lambda **by: returns.upload_return(
                **by, **told, file=SimpleUploadedFile("table.xlsx", path.read_bytes())
            )
        )
        self.tell(step="upload", seconds=time.perf_counter() - began)
        began, seen = time.perf_counter(), set()
        while (far := self._do(lambda by, at: self._stands(table.public_id, by))).done < far.lines:
            seen.add(far.done)
            time.sleep(LOOK_EACH)
        self.tell(
            step="fill",
            seconds=time.perf_counter() - began,
            progress=len(seen),
            rows=far.lines,
            cells=far.cells,
            filled=far.filled,
            nobody=far.nobody,
        )
        began = time.perf_counter()
        edition = self._do(lambda **by: returns.begin_edition(**by, table=table.public_id))
        while not self._do(lambda by, at: returns.get_edition(edition.public_id, by=by)).made:
            time.sleep(LOOK_EACH)
        self.tell(step="edition", seconds=time.perf_counter() - began, rows=lines)
        began = time.perf_counter()
        body = self._do(lambda **by: returns.export_edition(**by, edition=edition.public_id))
        self.tell(
            step="take", seconds=time.perf_counter() - began, bytes=len(body), rows=_filled(body, column=SEX)
        )

    def _stands(self, table: Any, by: Any) -> Any:
        from yimen.steering.returns import api as returns

        found = returns.get_return(table, by=by)
        if found.problem:
            raise RuntimeError(found.problem)
        return returns.standing(found, by=by)


def _filled(body: bytes, *, column: int) -> int:
    """On how many lines something stands in a column that came empty."""
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(body), read_only=True)[SHEET]
    rows = sheet.iter_rows(min_row=3, min_col=column, max_col=column, values_only=True)
    return sum(value is not None for (value,) in rows)


def main() -> None:
    """Within an installation."""
    import django

    django.setup()
    lines, folder = int(sys.argv[1]), Path(sys.argv[2])
    from django.utils import timezone

    from yimen.kernel.clock import day_of

    def tell(**said: Any) -> None:
        print(json.dumps(said), flush=True)

    residents, book = folder / "名册.csv", folder / "table.xlsx"
    # Every five-hundredth number of the sheet is wrong and does not come in.
    write_sheet(residents, lines + lines // 400 + 20, today=day_of(timezone.now()))
    way = Filling(residents, lambda **said: None)
    way.prepare(communities(lines + lines // 400 + 20))
    way.prepare_filling()
    way.go(undo=False)
    write_book(book, people_in(residents, lines))
    way.tell = tell
    tell(step="book", bytes=book.stat().st_size)
    way.fill(book, lines)


if __name__ == "__main__":
    main()
