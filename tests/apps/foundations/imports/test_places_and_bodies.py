"""Lists of dwellings and of organisations come in by the same way."""

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.apps.foundations.imports.sheets import xlsx
from tests.apps.work.desk.conftest import HOME
from yimen.foundations.bus.api import run_pending_jobs
from yimen.registers.organisations.models import Organisation
from yimen.registers.people import api as people
from yimen.registers.people.models import Residence
from yimen.registers.places.models import Building, Dwelling, Estate

pytestmark = pytest.mark.django_db
DOORS = ["小区", "楼栋号", "单元", "房号", "房屋性质", "总层数"]


def doors(estate, buildings=2):
    return [
        [estate, f"{building}幢", "1单元", f"{floor}0{room}室", "住宅", ""]
        for building in range(1, buildings + 1)
        for floor in range(1, 7)
        for room in (1, 2)
    ]


def test_dwellings_come_in_with_their_estates_and_buildings_and_go_again(desk, acting, system):
    here = desk()
    with override_settings(YIMEN_IMPORT_CHUNK_ROWS=5):
        page = here.batch(xlsx(("房屋", [DOORS, *doors("甲苑"), *doors("乙苑")])), kind="places.dwellings")
        assert "48 行合格" in here.text(page)
        here.write(page)
    with acting(system):
        assert sorted(Estate.objects.values_list("name", flat=True)) == ["乙苑", "甲苑"]
        assert set(Building.objects.values_list("number", "floors")) == {("1", 6), ("2", 6)}
        assert Dwelling.objects.filter(area=HOME).count() == 48
        home = Dwelling.objects.select_related("building__estate").first()
        people.register_person(by=system, at=timezone.now(), name="王小明", community=HOME, lives_at=home)
    again = here.batch(xlsx(("房屋", [DOORS, *doors("甲苑", 1)])), kind="places.dwellings")
    assert "0 行合格" in here.text(again) and "已经登记过" in here.text(again)
    here.post(f"{page}undo/")
    run_pending_jobs()
    text = here.text(page)
    assert "已撤销 47 户，留下 1 户" in text and "已有居住与户籍" in text
    with acting(system):
        assert list(Dwelling.objects.values_list("id", flat=True)) == [home.id]


def test_residents_whose_address_names_a_registered_door_live_behind_it(desk, acting, system):
    here = desk()
    here.write(here.batch(xlsx(("房屋", [DOORS, *doors("甲苑")])), kind="places.dwellings"))
    rows = [
        ["王一", "东莺社区甲苑1幢1单元201室"],
        ["李二", "甲苑2-1-302"],
        ["张三", "甲苑9幢1单元201室"],
        ["赵四", "别处1号"],
    ]
    page = here.batch(xlsx(("名册", [["姓名", "现住址"], *rows])))
    here.write(page)
    with acting(system):
        lives = Residence.objects.order_by("id").select_related("dwelling__building")
        assert [str(one.dwelling) if one.dwelling else "" for one in lives] == [
            "1幢1单元201室", "2幢1单元302室", "", "",
        ]  # fmt: skip
        assert [one.address for one in lives] == [row[1] for row in rows]


def test_a_door_that_cannot_be_is_marked(desk):
    here = desk()
    good = doors("甲苑", 1)
    here.write(here.batch(xlsx(("房屋", [DOORS, *good])), kind="places.dwellings"))
    wrong = [
        ["甲苑", "1", "1", "901", "", ""],
        ["甲苑", "1", "2", "101", "别墅", ""],
        ["丙苑", "一号", "1", "A", "", ""],
        ["丙苑", "3", "1", "501", "", "4"],
        ["丙苑", "3", "1", "201", "", "4"],
        ["丙苑", "3", "1", "201", "", "4"],
    ]
    page = here.batch(xlsx(("房屋", [DOORS, *wrong])), kind="places.dwellings")
    text = here.text(page)
    assert "1 行合格，5 行要改" in text
    for sentence in (
        "没有第9层",
        "住宅、商铺或集体住所",
        "从室号看不出是几层",
        "没有第 5 层",
        "和第 6 行是同一户",
    ):
        assert sentence in text


def test_organisations_come_in_and_go_again(desk, acting, system, make_administrator):
    here = make_administrator
    head = ["单位名称", "单位类别", "统一社会信用代码", "成立日期", "所在社区"]
    rows = [
        ["测试养老服务中心", "社会组织", "", "2020-01-02", "东莺社区"],
        ["测试商贸有限公司", "公司", "91350100M000100Y43", "20210304", ""],
        ["测试商贸分公司", "公司", "91350100M000100Y44", "", ""],
        ["某某", "衙门", "", "2099-01-01", "天边"],
    ]
    page = here.batch(xlsx(("单位", [head, *rows])), kind="organisations.organisations", area="330212007")
    text = here.text(page)
    assert "2 行合格，2 行要改" in text and "单位类别请写" in text
    here.write(page, "good")
    with acting(system):
        made = Organisation.objects.filter(name__startswith="测试")
        assert set(made.values_list("name", "area")) == {
            ("测试养老服务中心", HOME), ("测试商贸有限公司", "330212007"),
        }  # fmt: skip
    here.post(f"{page}undo/")
    run_pending_jobs()
    assert "全部撤回" in here.text(page)
    with acting(system):
        assert not Organisation.objects.filter(name__startswith="测试").exists()
