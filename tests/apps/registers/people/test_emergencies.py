"""A file is opened in an emergency: once, for some minutes, in the same street, and somebody else reviews it."""

import re
import time
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as project
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yimen.foundations.access import api as access
from yimen.foundations.audit import api as audit
from yimen.foundations.audit.models import TrailDetail, TrailRow
from yimen.foundations.bus.api import act_as
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.ids import uuid7
from yimen.kernel.refusals import NotAllowed, NotFound, NotPossible
from yimen.registers.people import api as people
from yimen.registers.people.engine import asking
from yimen.registers.people.models import EmergencyLook, Person
from yimen.registers.people.ports import FileCard, file_cards
from yimen.standards.citizen_id import check_character

pytestmark = pytest.mark.django_db
HOME, NEXT_DOOR, FAR = "330212007001", "330212007002", "330212008001"
WOMAN = "11010519491231002X"
FAR_MAN = "33021219900101001" + check_character("33021219900101001")
NOBODY = "33021219900101003" + check_character("33021219900101003")
TOLD = {"kind": "missing", "words": "老人在菜场走失，认不得家"}
SECRET = "只有专人能看的一句话"


@pytest.fixture
def folk(areas, acting, system, register):
    with acting(system):
        return {
            "mine": register("李大爷", lives_address="一号楼"),
            "next": register("王小明", community=NEXT_DOOR, id_number=WOMAN, phone="13800138000"),
            "far": register("陈远山", community=FAR, id_number=FAR_MAN),
        }


@pytest.fixture
def special(settings):
    """A card of a special category that nobody's role opens."""
    templates = deepcopy(project.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    loader, inner = templates[0]["OPTIONS"]["loaders"][0]
    templates[0]["OPTIONS"]["loaders"] = [(loader, [*inner, "django.template.loaders.filesystem.Loader"])]
    settings.TEMPLATES = templates
    card = FileCard(
        key="tests.special",
        title="测试特殊信息",
        order=99,
        permission="tests.view_special",
        template="tests/special_card.html",
        load=lambda people, *, by: SECRET if by.can_somewhere("tests.view_special") else None,
        special=True,
    )
    file_cards.register(card)
    yield card
    file_cards._items.pop(card.key)


def text_of(answer) -> str:
    return answer.content.decode()


def without(page: str, number: str) -> str:
    """A page without what is new at each showing, and without the number that was typed."""
    return re.sub(r'[A-Za-z0-9]{64}|name="request_key" value="[^"]*"', "", page).replace(number, "")


def open_next_door(client, **told):
    return client.post("/people/glass", {"id_number": WOMAN, "told": "1"} | TOLD | told)


def real_now() -> datetime:
    return datetime.now(STREET_TIME)


def staff(acting, system, now, role: str, area: str, name: str):
    with acting(system):
        made = access.create_account(
            by=system, at=now, username=name, name=name, password="Qiangdu-9-hao-mima", area="330212",
            must_change=False,
        )  # fmt: skip
        access.grant_role(
            by=system, at=now, account=made.public_id, role=role, area=area, since=now.date().replace(day=1)
        )
        return access.actor_of(made.public_id, on=now.date())


def test_a_file_next_door_opens_with_a_stated_emergency_and_she_sees_who_looked(enter, folk, acting, system):
    worker = enter("community_worker", HOME)
    her = folk["next"].public_id
    assert worker.get(f"/people/{her}/").status_code == 404
    card = text_of(worker.post("/people/stranger", {"id_number": WOMAN, "why": "窗口办事"}))
    assert "紧急查阅" in card
    assert "13800138000" not in card
    page = text_of(worker.post("/people/glass", {"id_number": WOMAN}))
    assert "30 分钟" in page
    answer = open_next_door(worker)
    assert answer.status_code == 302
    opened = text_of(worker.get(answer.headers["Location"]))
    assert "王小明" in opened
    assert "13800138000" in opened
    assert "走失、失联" in opened
    with acting(system):
        whys = [look.why for look in audit.looks_at(her, by=system)]
    assert "紧急查阅范围外的档案（走失、失联）：老人在菜场走失，认不得家" in whys
    looks = text_of(enter("community_head", NEXT_DOOR).get(f"/people/{her}/rights/looks"))
    assert "紧急查阅范围外的档案（走失、失联）" in looks


def test_it_ends_at_its_minute_in_the_database_too(folk, acting, system):
    now = real_now()
    worker = staff(acting, system, now, "community_worker", HOME, "小周")
    her = Person.objects.filter(public_id=folk["next"].public_id)
    hers = Person.objects.within(worker).filter(public_id=folk["next"].public_id)
    with act_as(worker, on=now.date()):
        for left in (3, 30):  # a busy machine takes longer to look
            ends = real_now() + timedelta(seconds=left)
            people.break_glass(by=worker, at=ends - timedelta(minutes=30), id_number=WOMAN, **TOLD)
            seen = her.exists() and hers.exists()
            if real_now() < ends:
                break
        assert seen
        time.sleep(max(0.0, (ends - real_now()).total_seconds()))
        assert not her.exists()
        assert not hers.exists()
        with pytest.raises(NotFound):
            people.get_file(folk["next"].public_id, by=worker, on=now.date())
    # Thirty minutes ago is over: not even the opening itself gets through.
    with act_as(worker, on=now.date()), pytest.raises(NotFound):
        people.break_glass(by=worker, at=real_now() - timedelta(minutes=30), id_number=WOMAN, **TOLD)


def test_another_street_stays_shut_and_is_not_offered(enter, folk):
    worker = enter("community_worker", HOME)
    assert "紧急查阅" not in text_of(
        worker.post("/people/stranger", {"id_number": FAR_MAN, "why": "窗口办事"})
    )
    answer = worker.post("/people/glass", {"id_number": FAR_MAN, "told": "1"} | TOLD)
    assert answer.status_code == 422
    assert "只限本街道" in text_of(answer)
    assert worker.get(f"/people/{folk['far'].public_id}/").status_code == 404


def test_a_number_of_another_street_and_one_of_nobody_are_told_apart_by_nothing_and_stand_in_the_trail(
    enter, folk, acting, system
):
    worker = enter("community_worker", HOME)
    answers = [open_next_door(worker, id_number=number) for number in (FAR_MAN, NOBODY)]
    assert [answer.status_code for answer in answers] == [422, 422]
    plain = [without(text_of(one), number) for one, number in zip(answers, (FAR_MAN, NOBODY), strict=True)]
    assert plain[0] == plain[1]
    assert "已经记下" in plain[0]
    with acting(system):
        rows = TrailRow.objects.filter(verb="people.glass.file_opened").order_by("id")
        assert [row.subject for row in rows] == [folk["far"].public_id, None]
        told = str([row.body for row in TrailDetail.objects.filter(row__in=rows)])
        assert FAR_MAN not in told and NOBODY not in told
        whys = [look.why for look in audit.looks_at(folk["far"].public_id, by=system)]
        assert whys == ["紧急查阅（走失、失联），未打开：老人在菜场走失，认不得家"]
        assert not EmergencyLook.objects.exists()


def test_numbers_tried_as_emergencies_are_counted_with_those_looked_up_at_the_window(
    enter, folk, monkeypatch
):
    monkeypatch.setattr(asking, "strangers_per_hour", lambda *, on: 3)
    worker = enter("community_worker", HOME)
    asked = {"id_number": FAR_MAN, "why": "窗口办事"}
    assert worker.post("/people/stranger", asked).status_code == 200
    for number in (NOBODY, FAR_MAN):
        assert "已经记下" in text_of(open_next_door(worker, id_number=number))
    # Neither way answers any more, not even for her who could be opened.
    for over in (open_next_door(worker), worker.post("/people/stranger", asked)):
        assert over.status_code == 422
        assert "已满 3 次" in text_of(over)
    assert worker.get(f"/people/{folk['next'].public_id}/").status_code == 404


def test_a_question_that_says_no_emergency_looks_for_nobody(enter, folk, acting, system):
    worker = enter("community_worker", HOME)
    texts = [
        without(text_of(open_next_door(worker, id_number=number, words="走失了")), number)
        for number in (WOMAN, FAR_MAN, NOBODY)
    ]
    assert len(set(texts)) == 1 and "请写明情况" in texts[0]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"kind": ""}, "请选择是什么紧急情况"),
        ({"kind": "curiosity"}, "请选择是什么紧急情况"),
        ({"words": ""}, "请写明人在哪里"),
        ({"words": "走失了"}, "请写明情况"),
        ({"id_number": "123"}, "号码"),
    ],
)
def test_without_a_stated_emergency_nothing_opens(enter, folk, told, sentence):
    worker = enter("community_worker", HOME)
    answer = open_next_door(worker, **told)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert worker.get(f"/people/{folk['next'].public_id}/").status_code == 404


def test_a_sixth_on_one_day_is_refused(folk, acting, system):
    at = real_now()
    worker = staff(acting, system, at, "community_worker", HOME, "小周")
    with act_as(worker, on=at.date()):
        for _ in range(5):
            people.break_glass(by=worker, at=at, id_number=WOMAN, **TOLD)
        with pytest.raises(NotPossible, match="最多紧急查阅 5 次"):
            people.break_glass(by=worker, at=at, id_number=WOMAN, **TOLD)


def test_a_double_click_opens_once(enter, folk, acting, system):
    worker = enter("community_worker", HOME)
    first, second = (open_next_door(worker, request_key="tap") for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with acting(system):
        assert EmergencyLook.objects.count() == 1


def test_the_reviewer_answers_once_in_words_and_nobody_her_own(enter, folk, acting, system):
    open_next_door(enter("community_worker", HOME))
    head = enter("community_head", NEXT_DOOR)
    home = text_of(head.get("/"))
    assert "待复核的紧急查阅" in home
    address = re.search(r"/people/emergencies/[0-9a-f-]{36}/", home)[0]
    page = text_of(head.get(address))
    assert "老人在菜场走失" in page
    assert "王小明" in page
    assert head.post(address, {"state": "justified", "words": ""}).status_code == 422
    assert head.post(address, {"state": "open", "words": "看过监控"}).status_code == 422
    assert head.post(address, {"state": "justified", "words": "和派出所核实过，确有走失"}).status_code == 302
    late = head.post(address, {"state": "unjustified", "words": "重新想了想不对"})
    assert late.status_code == 422
    assert "待复核的紧急查阅" not in text_of(head.get("/"))
    assert "确属紧急" in text_of(head.get("/people/emergencies/"))


def test_nobody_reviews_her_own(enter, folk):
    chief = enter("section_chief")
    # Her own reach holds the file; what she opens there is a card.
    answer = chief.post(f"/people/{folk['next'].public_id}/glass", {"card": "family.registrations"} | TOLD)
    assert answer.status_code == 302, text_of(answer)
    assert "待复核的紧急查阅" not in text_of(chief.get("/"))
    address = re.search(r"/people/emergencies/[0-9a-f-]{36}/", text_of(chief.get("/people/emergencies/")))[0]
    answer = chief.post(address, {"state": "justified", "words": "我自己看的没问题"})
    assert answer.status_code == 422
    assert "不能复核自己的" in text_of(answer)


def test_who_lives_elsewhere_reviews_nothing(enter, folk, acting, system):
    open_next_door(enter("community_worker", HOME))
    with acting(system):
        look = EmergencyLook.objects.get().public_id
    for head in (enter("community_head", HOME), enter("section_chief", "330212008")):
        assert head.get(f"/people/emergencies/{look}/").status_code == 404
        assert (
            head.post(f"/people/emergencies/{look}/", {"state": "justified", "words": "核实过了"}).status_code
            == 404
        )
    assert enter("window_clerk", HOME).get("/people/emergencies/").status_code == 403


def test_a_special_card_opens_for_its_emergency_and_for_nobody_else(enter, folk, special):
    her = folk["mine"].public_id
    worker = enter("community_worker", HOME)
    assert SECRET not in text_of(worker.get(f"/people/{her}/"))
    assert "测试特殊信息" in text_of(worker.get(f"/people/{her}/glass"))
    answer = worker.post(f"/people/{her}/glass", {"card": special.key} | TOLD)
    opened = answer.headers["Location"]
    assert SECRET in text_of(worker.get(opened))
    assert SECRET not in text_of(worker.get(f"/people/{her}/"))
    colleague = enter("grid_worker", HOME)
    assert SECRET not in text_of(colleague.get(opened))
    look = UUID(re.search(r"glass=([0-9a-f-]{36})", opened)[1])
    for wrong in (uuid7(), "x"):
        assert SECRET not in text_of(worker.get(opened.replace(str(look), str(wrong))))


def test_a_special_card_shuts_at_its_minute(folk, acting, system, special):
    at = real_now()
    worker = staff(acting, system, at, "community_worker", HOME, "小周")
    her = folk["mine"].public_id
    with acting(worker):
        look = people.break_glass_card(by=worker, at=at, person=her, card=special.key, **TOLD)
        asked = {"person": her, "by": worker}
        assert people.open_emergency(look.public_id, at=look.until_at - timedelta(seconds=1), **asked)
        assert people.open_emergency(look.public_id, at=look.until_at, **asked) is None
        with pytest.raises(NotAllowed):
            people.break_glass_card(by=worker, at=at, person=her, card="desk.cases", **TOLD)


def test_an_ordinary_opening_asks_nothing_more_for_it(enter, folk):
    worker = enter("community_worker", HOME)
    address = f"/people/{folk['mine'].public_id}/"
    worker.get(address)
    with CaptureQueriesContext(connection) as asked:
        worker.get(address)
    assert not any("emergencylook" in each["sql"] for each in asked)
