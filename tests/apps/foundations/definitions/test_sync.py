"""Definition files become versions that stay."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction

from yimen.foundations.access.ports import roles
from yimen.foundations.audit.api import operation, unchanged
from yimen.foundations.definitions.api import (
    CannotUseDefinitions,
    NoDefinition,
    current,
    current_all,
    pinned,
    version,
    versions_of,
    working_calendar,
)
from yimen.foundations.definitions.models import Version

pytestmark = pytest.mark.django_db
KIND = "tested_errand"


def test_a_file_becomes_the_version_in_force_and_is_not_taken_twice(site, sync, today):
    site("relief", 'title = "临时救助"')
    assert sync() == 1
    assert sync() == 0
    found = current(KIND, "relief", on=today)
    assert (found.version, found.source, found.body.title) == (1, "site", "临时救助")


def test_a_changed_file_takes_effect_on_its_day_and_the_old_version_stays(site, sync):
    site("relief", 'title = "旧"\neffective_on = 2026-01-01')
    sync()
    site("relief", 'title = "新"\neffective_on = 2026-12-01\nchange = "改名"')
    sync()
    assert current(KIND, "relief", on=date(2026, 11, 30)).body.title == "旧"
    assert current(KIND, "relief", on=date(2026, 12, 1)).body.title == "新"
    old, new = versions_of(KIND, "relief")
    assert version(old.id).body.title == "旧"
    assert new.change == "改名"


def test_without_a_day_the_first_version_always_was_and_the_next_begins_at_the_sync(site, sync):
    site("relief", 'title = "旧"')
    sync()
    site("relief", 'title = "新"')
    sync(on=date(2026, 11, 20))
    assert current(KIND, "relief", on=date(2020, 5, 1)).body.title == "旧"
    assert current(KIND, "relief", on=date(2026, 11, 20)).body.title == "新"


def test_going_back_to_old_words_makes_a_further_version(site, sync, today):
    for title in ("甲", "乙", "甲"):
        site("relief", f'title = "{title}"')
        assert sync() == 1
    assert current(KIND, "relief", on=today).version == 3


def test_a_file_of_the_site_wins_over_the_shipped_one(site, sync, today):
    shipped = current("calendar", "2026", on=today)
    text = (
        'year = 2026\n[notice]\ntitle = "本街道的安排"\n[[holidays]]\nname = "元旦"\n'
        "first = 2026-01-01\nlast = 2026-01-02\n"
    )
    site("2026", text, kind="calendar")
    assert sync() == 1
    mine = current("calendar", "2026", on=today)
    assert (mine.source, mine.version) == ("site", shipped.version + 1)
    assert mine.body.notice.title == "本街道的安排"


def test_a_version_pins_what_it_refers_to_and_follows_its_changes(site, sync, today):
    site("matter", 'title = "事项"\nuses = ["paper"]')
    site("paper", 'title = "材料甲"')
    sync()
    before = current(KIND, "matter", on=today)
    assert pinned(before, KIND, "paper").body.title == "材料甲"
    site("paper", 'title = "材料乙"')
    assert sync() == 2
    after = current(KIND, "matter", on=today)
    assert (after.version, after.body) == (2, before.body)
    assert pinned(after, KIND, "paper").body.title == "材料乙"
    assert pinned(version(before.id), KIND, "paper").body.title == "材料甲"


def test_a_change_of_tomorrow_leaves_the_pins_of_today(site, sync):
    site("matter", 'title = "事项"\nuses = ["paper"]')
    site("paper", 'title = "甲"')
    sync()
    site("paper", 'title = "乙"\neffective_on = 2027-01-01')
    sync()
    for day, title in ((date(2026, 12, 31), "甲"), (date(2027, 1, 1), "乙")):
        assert pinned(current(KIND, "matter", on=day), KIND, "paper").body.title == title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "甲"\npapes = []', "relief.toml 第 2 行「papes」：不认识这一项；是不是「papers」？"),
        (
            'title = "甲"\n\n[[papers]]\nkey = "a"\ntitel = "乙"',
            "第 5 行「papers[0].titel」：不认识这一项；是不是「title」？",
        ),
        ('way = "window"', "relief.toml「title」：缺少「title」，请补上"),
        ('title = "甲"\nway = "windows"', "第 2 行「way」：只能写：window、online；是不是「window」？"),
        ("title = 3", "第 1 行「title」：要写成文字，两边加引号"),
        ('title = "甲"\nstarts_on = "2026-02-30"', "第 2 行「starts_on」：要写成日期"),
        (
            'title = "甲"\n[[papers]]\nkey = "a"\ntitle = "乙"\ncopies = 0',
            "第 5 行「papers[0].copies」：不能小于 1",
        ),
        ('title = "甲"\ntitle = "乙"', "第 2 行：这个键写了两次，请删去一个"),
        ("title = 甲", "relief.toml 第 1 行"),
        ('title = "甲"\nuses = ["papr"]', "第 2 行：引用的 tested_errand「papr」不存在；是不是「paper」？"),
        ('title = "甲"\nuses = ["relief"]', "互相引用成了圈"),
        ('title = "甲"\neffective_on = "明天"', "第 2 行「effective_on」：要写成日期"),
    ],
)
def test_a_mistake_names_file_place_and_mend(site, sync, text, said):
    site("paper", 'title = "材料"')
    site("relief", text)
    with pytest.raises(CannotUseDefinitions) as refused:
        sync()
    assert said in refused.value.sentence
    assert "本地定义/tested_errand/" in refused.value.sentence


def test_the_mistakes_of_all_files_are_told_together_and_nothing_is_taken(site, sync, today):
    site("good", 'title = "好"')
    site("bad", "way = 1")
    site("worse", "")
    with pytest.raises(CannotUseDefinitions) as refused:
        sync()
    assert {finding.field for finding in refused.value.findings} == {"title", "way"}
    assert len(refused.value.findings) == 3
    with pytest.raises(NoDefinition):
        current(KIND, "good", on=today)


def test_a_folder_of_an_unknown_kind_is_a_mistake(site, sync):
    site("relief", 'title = "甲"', kind="tested_erand")
    with pytest.raises(CannotUseDefinitions, match="没有这一种定义；是不是「tested_errand」？"):
        sync()


def test_examples_without_their_definition_are_a_mistake(site, sync):
    site("relief", 'title = "甲"')
    site("one", 'name = "一"\nexpect = { copies = 1 }', example="releif")
    with pytest.raises(CannotUseDefinitions, match="没有对应的定义；是不是「relief」？"):
        sync()


def test_an_unknown_key_is_answered_with_the_nearest(today):
    with pytest.raises(NoDefinition, match="是不是「national」？"):
        current("statutory_days", "nationl", on=today)


def test_versions_are_never_changed_or_deleted(site, sync, system, now):
    site("relief", 'title = "甲"')
    sync()

    @operation("tests.definitions.changed")
    def change(*, by, at, how):
        unchanged()
        how()

    for how in (lambda: Version.objects.update(key="x"), lambda: Version.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change(by=system, at=now, how=how)


def test_the_generation_is_read_once_in_a_transaction(django_assert_num_queries, today):
    with transaction.atomic():
        current("calendar", "2026", on=today)
    with transaction.atomic(), django_assert_num_queries(0):
        current("calendar", "2026", on=today)
        current_all("role", on=today)
        working_calendar(on=today)


def test_what_was_undone_is_not_remembered(site, sync, today):
    site("relief", 'title = "甲"')

    def sync_and_fail():
        with transaction.atomic():
            sync()
            assert current(KIND, "relief", on=today).version == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        sync_and_fail()
    with pytest.raises(NoDefinition):
        current(KIND, "relief", on=today)


def test_the_command_says_what_it_did_or_what_is_wrong(site, capsys):
    site("relief", 'title = "甲"')
    call_command("sync_definitions")
    assert "新增 1 版" in capsys.readouterr().out
    site("relief", 'titel = "甲"')
    with pytest.raises(CommandError, match="是不是「title」"):
        call_command("sync_definitions")


def test_a_make_up_day_counts_as_a_working_day(today):
    calendar = working_calendar(on=today)
    assert calendar.is_working_day(date(2026, 2, 14))
    assert not calendar.is_working_day(date(2026, 10, 7))
    assert calendar.add_working_days(date(2026, 9, 30), 5).day == date(2026, 10, 13)


def test_a_year_not_announced_goes_by_its_statutory_days_and_says_so(today):
    calendar = working_calendar(on=today)
    new_year_eve = calendar.is_working_day(date(2027, 2, 5))
    assert not new_year_eve
    assert new_year_eve.provisional_years == (2027,)


def test_the_calendar_of_a_past_day_knows_only_what_was_announced_then():
    assert working_calendar(on=date(2025, 10, 20)).is_working_day(date(2026, 1, 5)).provisional_years == (
        2026,
    )
    assert working_calendar(on=date(2025, 11, 5)).is_working_day(date(2026, 1, 5)).provisional_years == ()


def test_the_calendar_agrees_with_an_independent_one_on_every_day(today):
    chinese_calendar = pytest.importorskip("chinese_calendar")
    calendar = working_calendar(on=today)
    for year in (2025, 2026):
        for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            assert bool(calendar.is_working_day(day)) == chinese_calendar.is_workday(day), day


def test_a_role_with_an_unknown_permission_is_a_mistake(site, sync, today):
    site("editor", 'title = "编辑"\npermissions = ["definitions.publsh"]', kind="role")
    with pytest.raises(
        CannotUseDefinitions, match=r"没有「definitions\.publsh」这项权限；是不是「definitions\.publish」？"
    ):
        sync()


def test_a_role_file_is_what_access_reads(site, sync, today):
    site("editor", 'title = "编辑"\npermissions = ["definitions.publish"]', kind="role")
    sync()
    role = roles(on=today)["editor"]
    assert (role.title, role.permissions) == ("编辑", {"definitions.publish"})
