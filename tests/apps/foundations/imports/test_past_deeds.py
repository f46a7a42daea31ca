"""An old book of deeds comes in as entries marked 导入, on the days they were done."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.foundations.imports.sheets import number_of, xlsx
from tests.apps.work.desk.conftest import HOME
from yimen.foundations.audit.api import prove
from yimen.foundations.bus.api import run_pending_jobs
from yimen.registers.people import api as people
from yimen.work.ledger.api import items_in_force
from yimen.work.ledger.models import Entry, Presence

pytestmark = pytest.mark.django_db
HEAD = ["走访对象", "身份证号", "项目", "走访日期", "次数", "情况", "走访人", "出生年月日"]
WANG = number_of("19500301", 122)


@pytest.fixture
def folk(street, acting, system):
    told = {"by": system, "at": timezone.now(), "community": HOME}
    with acting(system):
        wang = people.register_person(**told, name="王桂英", id_number=WANG)
        people.register_person(**told, name="陈伟", sex="male", birth_on=date(1960, 1, 1))
        people.register_person(**told, name="陈伟", sex="male", birth_on=date(1970, 1, 1))
    return wang


def proven():
    with connection.cursor() as cursor:
        return [one for one in prove(cursor, only=["ledger."]) if one.found.different]


@pytest.mark.requirement("S1-121")
def test_past_deeds_become_entries_marked_as_imported_and_are_taken_back(desk, folk, acting, system):
    with acting(system):
        item = next(one for one in items_in_force(on=date(2025, 1, 1)).values() if one.on_file)
    rows = [
        ["王桂英", WANG, item.title, "2025-03-01", "", "身体尚可", "老周", ""],
        ["陈伟", "", item.title, "20250402", "2", "", "", "1970-01-01"],
        ["陈伟", "", item.title, "2025-04-03", "", "", "", ""],
        ["王桂英", WANG, "没有的项目", "2025-03-01", "", "", "", ""],
        ["王桂英", WANG, item.title, "2099-03-01", "", "", "", ""],
        ["王桂英", WANG, item.title, "1949-03-01", "", "", "", ""],
        ["", "", item.title, "2025-05-01", "30", "发宣传单", "", ""],
    ]
    here = desk()
    page = here.batch(xlsx(("台账", [HEAD, *rows])), kind="ledger.entries")
    text = here.text(page)
    assert "4 行合格，3 行要改" in text
    for sentence in ("有几个同名的", "没有这个台账项目", "日期还没到"):
        assert sentence in text
    here.write(page, "good")
    text = here.text(page)
    assert "已导入 3 条" in text and "还没有出生" in text
    with acting(system):
        made = Entry.objects.order_by("happened_on")
        assert [(one.happened_on, one.quantity, one.source_kind, one.backdated) for one in made] == [
            (date(2025, 3, 1), 1, "import", True),
            (date(2025, 4, 2), 2, "import", True),
            (date(2025, 5, 1), 30, "import", True),
        ]
        assert made[0].note == "身体尚可（原经办人 老周）" and made[0].person == folk.public_id
        assert proven() == []
    here.browser.post(f"/people/{folk.public_id}/", {"why": "window"})
    file = here.text(f"/people/{folk.public_id}/")
    assert item.title in file and "导入" in file
    here.post(f"{page}undo/")
    run_pending_jobs()
    assert "已撤销 3 条，全部撤回" in here.text(page)
    with acting(system):
        assert Entry.objects.count() == 6 and sum(one.acts for one in Entry.objects.all()) == 0
        assert proven() == []


def test_many_deeds_of_one_person_count_her_once_and_each_deed_and_go_as_they_came(
    desk, folk, acting, system
):
    with acting(system):
        item = next(one for one in items_in_force(on=date(2025, 1, 1)).values() if one.on_file)
    rows = [
        ["王桂英", WANG, item.title, f"2025-{month:02d}-{day:02d}", "", "", "", ""]
        for month in (3, 4)
        for day in (1, 2, 3)
    ] + [["", "", item.title, "2025-03-05", "7", "", "", ""]]
    here = desk()
    page = here.batch(xlsx(("台账", [HEAD, *rows])), kind="ledger.entries")
    with CaptureQueriesContext(connection) as asked:
        here.write(page)
    assert sum('INSERT INTO "ledger_entry"' in one["sql"] for one in asked) == 1
    with acting(system):
        assert Entry.objects.filter(acts=1).count() == 7
        assert proven() == []
        presence = Presence.objects.values_list("month", "acts").order_by("month")
        assert list(presence) == [(date(2025, 3, 1), 3), (date(2025, 4, 1), 3)]
    here.post(f"{page}undo/")
    run_pending_jobs()
    assert "已撤销 7 条，全部撤回" in here.text(page)
    with acting(system):
        assert sum(one.acts for one in Entry.objects.all()) == 0 and proven() == []
