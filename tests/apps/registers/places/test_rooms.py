"""Service rooms and public rooms: standards, staff, photographs, bookings."""

import re
from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from yimen.foundations.access import api as access
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import day_of
from yimen.registers.places import api as places

pytestmark = pytest.mark.django_db
STREET, HOME, FAR = "330212007", "330212007001", "330212008001"
CANARY = "金丝雀"
NEEDED = ["feature/step_free", "feature/blood_pressure"]


@pytest.fixture
def real_now():
    from django.utils import timezone

    return timezone.now()


@pytest.fixture
def files(tmp_path, settings):
    settings.YIMEN_FILES = tmp_path


@pytest.fixture
def streets(acting, system, now):
    """The street with 24 communities, and another one whose every word is a canary."""
    with acting(system):
        rows = [("330212", "鄞州区"), (STREET, "潘火街道"), ("330212008", f"百丈街道{CANARY}")]
        rows += [(f"{STREET}{number:03d}", f"第{number}社区") for number in range(1, 25)]
        rows += [(FAR, f"潜龙社区{CANARY}")]
        places.import_areas(
            by=system, at=now, since=date(2023, 6, 30), rows=[places.AreaRow(*row) for row in rows]
        )


@pytest.fixture
def enter(streets, acting, system, now):
    def make(role: str, area: str) -> Client:
        name = f"{role}-{area}"
        with acting(system):
            made = access.create_account(
                by=system, at=now, username=name, name="王工", password="Qiangdu-9-hao-mima", area="330212",
                must_change=False,
            )  # fmt: skip
            access.grant_role(
                by=system, at=now, account=made.public_id, role=role, area=area, since=date(2026, 1, 1)
            )
        client = Client()
        client.post("/sign-in", {"username": name, "password": "Qiangdu-9-hao-mima"})
        return client

    return make


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (640, 480), "#88aacc").save(content, "JPEG")
    return SimpleUploadedFile("room.jpg", content.getvalue(), content_type="image/jpeg")


def room(system, at, area, *, kind="service_room", mark="", size=30, full=True, hours=True):
    """A room that has everything its standard asks for, unless told otherwise."""
    made = places.open_site(
        by=system, at=at, area=area, name=f"{places.area_name(area)}服务室{mark}", kind=kind,
        address=f"演示路 1 号{mark}", since=date(2026, 1, 1), size=size, origin="小区配建移交",
    )  # fmt: skip
    if hours:
        week = [places.Hours(day, time(8, 30), time(17)) for day in range(7)]
        places.set_site_hours(by=system, at=at, site=made, hours=week, since=day_of(at))
    if full:
        places.name_staff(by=system, at=at, site=made, name="周敏", duty="服务室负责人")
        places.set_site_offers(by=system, at=at, site=made, offers=NEEDED)
        places.add_site_photo(by=system, at=at, site=made, file=picture())
    return made


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.requirement("S2-05")
def test_of_24_rooms_20_reach_the_standard_and_the_four_say_what_is_missing(enter, system, real_now, files):
    with act_as(system, on=day_of(real_now)):
        rooms = [room(system, real_now, f"{STREET}{number:03d}") for number in range(1, 21)]
        room(system, real_now, f"{STREET}021", size=12)
        room(system, real_now, f"{STREET}022", size=None)
        bare = room(system, real_now, f"{STREET}023", full=False)
        room(system, real_now, f"{STREET}024", hours=False)
        room(system, real_now, FAR, mark=CANARY, size=1)
        assert len(rooms) == 20
    client = enter("section_officer", STREET)
    page = text_of(client.get("/places/sites/standards/"))
    assert "83.3%" in page
    assert "20/24 处达标" in page
    assert page.count("服务室</a>") == 4
    for words in (
        "面积：现有 12，应不少于 20",
        "面积：没有登记，应不少于 20",
        "必备设备和服务：缺 无障碍通道、自助量血压",
        "在岗人员：现有 0，应不少于 1",
        "现场照片：现有 0，应不少于 1",
        "每周开放天数：现有 0，应不少于 3",
    ):
        assert words in page
    assert CANARY not in page
    with act_as(system, on=day_of(real_now)):
        places.name_staff(by=system, at=real_now, site=bare, name="周敏", duty="负责人")
        places.set_site_offers(by=system, at=real_now, site=bare, offers=NEEDED)
        places.add_site_photo(by=system, at=real_now, site=bare, file=picture())
    assert "87.5%" in text_of(client.get("/places/sites/standards/"))


@pytest.mark.requirement("S0-21")
def test_a_service_room_shows_place_staff_equipment_hours_services_and_photograph(
    enter, system, real_now, files
):
    with act_as(system, on=day_of(real_now)):
        made = room(system, real_now, HOME, full=False)
    worker = enter("community_worker", HOME)
    address = f"/places/sites/{made.public_id}/"
    assert "还差 3 项" in text_of(worker.get(address))
    worker.post(f"{address}staff", {"name": "周敏", "duty": "服务室负责人"})
    worker.post(f"{address}offers", {"feature": ["feature/step_free", "feature/blood_pressure"]})
    answer = worker.post(f"{address}photos", {"file": picture()}, follow=True)
    page = text_of(answer)
    for words in (
        "演示路 1 号",
        "周敏",
        "服务室负责人",
        "无障碍通道",
        "自助量血压",
        "08:30–17:00",
        "30 平方米",
        "达标",
    ):
        assert words in page
    source = re.search(r'<img src="(/places/sites/[^"]+/photos/[^"]+)"', page)[1]
    shown = worker.get(source)
    assert shown["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(shown.content)).size == (640, 480)
    assert enter("grid_worker", FAR).get(source).status_code == 404
    page = text_of(worker.post(f"{source}/drop", follow=True))
    assert "还没有照片" in page
    assert worker.get(source).status_code == 404
    assert worker.post(f"{address}photos", {"file": SimpleUploadedFile("x.jpg", b"no")}).status_code == 422
    assert enter("grid_worker", HOME).post(f"{address}staff", {"name": "x", "duty": "y"}).status_code == 403


def test_who_serves_no_longer_leaves_the_page_and_stays_in_history(enter, system, real_now, files):
    with act_as(system, on=day_of(real_now)):
        made = room(system, real_now, HOME, full=False)
        yesterday = real_now - timedelta(days=1)
        named = places.name_staff(by=system, at=yesterday, site=made, name="周敏", duty="负责人")
    worker = enter("community_worker", HOME)
    page = text_of(worker.post(f"/places/sites/{made.public_id}/staff/{named.public_id}/end", follow=True))
    assert "还没有登记在岗人员" in page
    with act_as(system, on=day_of(real_now)):
        assert [one.name for one in places.staff_of(made, on=day_of(yesterday))] == ["周敏"]


@pytest.mark.requirement("S4-08")
def test_a_public_room_shows_size_and_origin_is_booked_and_its_use_is_measured(
    enter, system, real_now, files
):
    today = day_of(real_now)
    with act_as(system, on=today):
        long_ago = real_now - timedelta(days=12)
        made = room(system, long_ago, HOME, kind="public_room", size=120, full=False)
        ten_days_ago = today - timedelta(days=10)
        places.book_room(
            by=system,
            at=long_ago,
            site=made,
            day=ten_days_ago,
            begins=time(8, 30),
            ends=time(17),
            purpose="合唱队排练",
        )
    client = enter("grid_worker", HOME)
    address = f"/places/sites/{made.public_id}/"
    page = text_of(client.get(address))
    assert "120 平方米" in page
    assert "小区配建移交" in page
    assert "近三个月使用率 8.3%" in page, "one of the twelve days it was open"
    tomorrow = (today + timedelta(days=1)).isoformat()
    told = {"day": tomorrow, "begins": "09:00", "ends": "11:00", "purpose": "党员学习"}
    page = text_of(client.post(f"{address}book", told, follow=True))
    assert "党员学习" in page
    answer = client.post(f"{address}book", told | {"begins": "10:30", "ends": "12:00"})
    assert answer.status_code == 422
    assert "这段时间已经有人预约了" in text_of(answer)
    assert client.post(f"{address}book", told | {"begins": "11:00", "ends": "12:00"}).status_code == 302
    assert "要在开放时间里" in text_of(
        client.post(f"{address}book", told | {"begins": "18:00", "ends": "19:00"})
    )
    assert "结束时间应晚于" in text_of(
        client.post(f"{address}book", told | {"begins": "12:00", "ends": "11:00"})
    )
    release = re.search(r'action="(/places/sites/[^"]+/release)"', page)[1]
    assert enter("window_clerk", HOME).post(release).status_code == 403
    assert enter("grid_worker", FAR).post(release).status_code == 404
    assert "党员学习" not in text_of(client.post(release, follow=True)).split("11:00–12:00")[0]
    assert client.post(f"{address}book", told).status_code == 302, "what was given back is free again"


def test_only_a_public_room_is_booked(enter, system, real_now, files):
    today = day_of(real_now)
    with act_as(system, on=today):
        made = room(system, real_now, HOME, full=False)
    told = {"day": today.isoformat(), "begins": "09:00", "ends": "11:00", "purpose": "学习"}
    answer = enter("grid_worker", HOME).post(f"/places/sites/{made.public_id}/book", told)
    assert answer.status_code == 422
    assert "只有公共用房可以预约" in text_of(answer)


def test_a_neighbour_community_sees_the_hours_books_and_gives_back_and_another_street_does_not(
    enter, system, real_now, files
):
    today = day_of(real_now)
    with act_as(system, on=today):
        made = room(system, real_now, HOME, kind="public_room", full=False)
    address = f"/places/sites/{made.public_id}/"
    neighbour, home, far = (enter("grid_worker", code) for code in (f"{STREET}002", HOME, FAR))
    tomorrow = (today + timedelta(days=1)).isoformat()
    told = {"day": tomorrow, "begins": "09:00", "ends": "10:00", "purpose": "邻里议事"}
    assert "08:30–17:00" in text_of(neighbour.get(address))
    assert "已预约" in text_of(neighbour.post(f"{address}book", told, follow=True))
    assert "邻里议事" in text_of(home.get(address))
    assert home.post(f"{address}book", told).status_code == 422, "the same hours are taken"
    assert far.get(address).status_code == 404
    assert far.post(f"{address}book", told).status_code == 404
    release = re.search(r'action="([^"]+/release)"', text_of(neighbour.get(address)))[1]
    assert release not in text_of(home.get(address)), "another's booking is hers"
    assert home.post(release).status_code == 403
    assert far.post(release).status_code == 404
    assert "预约已取消" in text_of(neighbour.post(release, follow=True))
