"""A sheet of invented residents (名册), and its way in: uploaded, checked, written and taken back by the operations of imports.

`python -m bench.sheets ROWS FOLDER [undo]` runs within an installation whose worker is up, and tells each step as a line of JSON.
The rows are those of `population`; every five-hundredth id number is mistyped, for no real sheet is clean.
"""

import csv
import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.population import COUNTY, Community, Settlement, communities, street_name

HEAD = (
    *("姓名", "身份证号", "性别", "出生日期", "联系电话", "社区", "现住址", "户号"),
    *("与户主关系", "户籍地址", "入住日期", "人户状态"),
)
WRONG_EACH = 500
SEX = {"male": "男", "female": "女"}
KINDS = {"here": "户在人在", "near": "人在户不在", "outside": "人在户不在"}
LOOK_EACH = 0.2


def write_sheet(path: Path, rows: int, *, today: date) -> int:
    """The sheet as WPS saves it (GB 18030); answers how many of its rows are wrong."""
    wrong = 0
    with path.open("w", encoding="gb18030", newline="") as target:
        table = csv.writer(target)
        table.writerow(HEAD)
        for number, row in enumerate(_rows(rows, today=today), start=1):
            if number % WRONG_EACH == 0:
                row[1] = row[1][:-1] + ("0" if row[1][-1] != "0" else "1")
                wrong += 1
            table.writerow(row)
    return wrong


def _rows(rows: int, *, today: date) -> Iterator[list[str]]:
    key = 0
    for community in communities(rows):
        settlement = Settlement(community, today=today)
        for house in settlement.houses():
            key += 1
            for one in house.members:
                yield [
                    one.name,
                    one.id_number,
                    SEX[one.sex],
                    one.birth_on.isoformat(),
                    one.phone,
                    community.name,
                    _address(settlement, house.door) if house.door else house.place,
                    str(key) if house.door else "",
                    one.role if house.door else "",
                    house.place if house.hukou == "outside" else "",
                    max(house.since, one.birth_on).isoformat(),
                    KINDS[house.hukou] if house.door else "户在人不在",
                ]


def _address(settlement: Settlement, door: Any) -> str:
    return f"{settlement.estates[door.estate].name}{door.building}幢{door.unit}单元{door.floor}{door.room}室"


class Way:
    """One sheet on its way; ``tell`` is called with every step that is over."""

    def __init__(self, path: Path, tell: Any) -> None:
        from yimen.foundations.access import api as access
        from yimen.kernel.actor import system_actor

        self.path, self.tell = path, tell
        self.system, self.access = system_actor("bench"), access
        self.account: Any = None

    def prepare(self, filled: list[Community]) -> None:
        """The county with its communities, and a clerk who may put people on file in all of it."""
        from django.utils import timezone

        from yimen.foundations.bus.api import act_as
        from yimen.kernel.clock import day_of
        from yimen.registers.places import api as places

        now = timezone.now()
        rows = [places.AreaRow(COUNTY, "演示区")]
        for one in filled:
            rows += [places.AreaRow(one.street, street_name(one.street)), places.AreaRow(one.code, one.name)]
        with act_as(self.system, on=day_of(now)):
            told = {"by": self.system, "at": now}
            places.import_areas(**told, since=date(2015, 1, 1), rows=list(dict.fromkeys(rows)))
            made = self.access.create_account(
                **told,
                username="sheet-clerk",
                name="量名册",
                password=self.access.first_password(username="sheet-clerk", name="量名册"),
                area=COUNTY,
                must_change=False,
            )
            self.access.grant_role(
                **told, account=made.public_id, role="window_clerk", area=COUNTY, since=day_of(now)
            )
        self.account = made.public_id

    def go(self, *, undo: bool) -> None:
        """All steps, one after the other."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        from yimen.foundations.imports import api as imports

        batch = self._do(
            lambda **by: imports.upload_batch(
                **by,
                importer="people.residents",
                area=COUNTY,
                file=SimpleUploadedFile(self.path.name, self.path.read_bytes()),
            )
        )
        self._await(batch.public_id, "columns", "read")
        self._do(
            lambda **by: imports.begin_check(
                **by, batch=batch.public_id, columns=imports.get_batch(batch.public_id, by=by["by"]).columns
            )
        )
        self._await(batch.public_id, "checked", "check")
        self._do(lambda **by: imports.begin_writing(**by, batch=batch.public_id, way="good"))
        self._await(batch.public_id, "written", "write")
        if undo:
            self._do(lambda **by: imports.begin_undo(**by, batch=batch.public_id))
            self._await(batch.public_id, "undone", "undo")

    def _do(self, deed: Any) -> Any:
        from django.utils import timezone

        from yimen.foundations.bus.api import act_as
        from yimen.kernel.clock import day_of

        now = timezone.now()
        with act_as(self.system, on=day_of(now)):
            actor = self.access.actor_of(self.account, on=day_of(now))
        with act_as(actor, on=day_of(now)):
            return deed(by=actor, at=now)

    def _await(self, batch: Any, state: str, step: str) -> None:
        from yimen.foundations.imports import api as imports

        while True:
            found = self._do(lambda by, at: imports.get_batch(batch, by=by))
            if found.problem:
                raise RuntimeError(found.problem)
            if found.state == state:
                break
            time.sleep(LOOK_EACH)
        far = self._do(lambda by, at: imports.progress_of(found, by=by))
        self.tell(step=step, rows=far.rows, bad=far.bad, written=far.written, left=far.left)


def main() -> None:
    """Within an installation."""
    import django

    django.setup()
    rows, folder, undo = int(sys.argv[1]), Path(sys.argv[2]), "undo" in sys.argv[3:]
    from django.utils import timezone

    from yimen.kernel.clock import day_of

    def tell(**said: Any) -> None:
        print(json.dumps(said), flush=True)

    path = folder / "名册.csv"
    wrong = write_sheet(path, rows, today=day_of(timezone.now()))
    way = Way(path, tell)
    way.prepare(communities(rows))
    tell(step="sheet", wrong=wrong, bytes=path.stat().st_size)
    way.go(undo=undo)


if __name__ == "__main__":
    main()
