"""What is on file about organisations, through HTTP: codes, licences, inspections, terms, contacts, who does what."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from yimen.foundations.access import api as access
from yimen.registers.organisations import api as organisations
from yimen.registers.organisations.rules import visits_standing

pytestmark = pytest.mark.django_db
STREET, HOME, YARD, FAR = "330212007", "330212007001", "330212007002", "330212008001"
CODE = "53100000500020288W"


@pytest.fixture
def head(enter):
    return enter("community_head", HOME)


@pytest.fixture
def officer(enter):
    return enter("section_officer", STREET)


@pytest.fixture
def found(areas, system, now):
    def make(name, kind="social", area=HOME, since=date(2024, 3, 1), **more):
        return organisations.found_organisation(
            by=system, at=now, name=name, kind=kind, area=area, since=since, **more
        )

    return make


def text(answer) -> str:
    return answer.content.decode()


def where(one) -> str:
    return f"/organisations/{one.public_id}/"


def posted(client, address, **told):
    return client.post(address, told)


def test_a_wrong_code_is_refused_in_words_and_a_right_one_opens_the_page(head):
    told = {
        "kind": "social",
        "name": "东莺社区为老服务中心",
        "area": HOME,
        "field": "eldercare",
        "tier": "registered",
        "since": "2023-07-01",
    }
    wrong = posted(head, "/organisations/new/", **told, credit_code="53100000500020288A")
    assert wrong.status_code == 422
    assert "校验位不对" in text(wrong)
    assert "要填统一社会信用代码" in text(posted(head, "/organisations/new/", **told))
    answer = posted(head, "/organisations/new/", **told, credit_code=CODE.lower())
    assert answer.status_code == 302
    page = text(head.get(answer["Location"]))
    assert CODE in page
    assert "养老助残" in page
    assert "民政登记" in page


def test_a_double_click_registers_one(head):
    told = {"kind": "social", "name": "书画社", "area": HOME, "since": "2024-01-01", "request_key": "k" * 22}
    first, second = (posted(head, "/organisations/new/", **told) for _ in range(2))
    assert first["Location"] == second["Location"]


def test_nobody_registers_in_a_community_that_is_not_hers_nor_an_office(head):
    other = posted(head, "/organisations/new/", kind="social", name="书画社", area=YARD, since="2024-01-01")
    office = posted(head, "/organisations/new/", kind="section", name="某科", area=HOME, since="2024-01-01")
    assert (other.status_code, office.status_code) == (422, 422)


@pytest.mark.requirement("S1-27")
def test_a_non_profit_unit_has_code_grade_agreement_and_the_inspection_it_owes(head, found):
    today = timezone.localdate()
    unit = found(
        "东莺乐龄中心", credit_code=CODE, tier="registered", field="eldercare", since=date(2020, 5, 1)
    )
    page = text(head.get(where(unit)))
    year = today.year - 1
    if today >= date(today.year, 4, 1):
        assert f"{year} 年度年检" in page
        assert "东莺乐龄中心" in text(head.get("/organisations/due/"))
    for what, told in {
        "credential": {
            "kind": "grade",
            "extent": "3A",
            "since": "2024-01-01",
            "last_day": str(today + timedelta(days=30)),
        },
        "agreement": {
            "title": "助餐协议",
            "partner": "潘火街道办事处",
            "content": "每个工作日送午餐 40 份",
            "since": "2026-01-01",
            "last_day": "2099-12-31",
        },
        "inspection": {"year": year, "result": "passed", "done_on": str(today)},
    }.items():
        assert posted(head, f"{where(unit)}file/{what}/", **told).status_code == 302, what
    page = text(head.get(where(unit)))
    for words in ("3A", "还有 30 天", "助餐协议", "与潘火街道办事处", f"{year} 年度", "合格"):
        assert words in page
    assert f"{year} 年度年检最晚" not in page
    due = text(head.get("/organisations/due/"))
    assert "社会组织评估等级到期" in due
    assert "年度年检" not in due
    again = posted(head, f"{where(unit)}file/inspection/", year=year, result="passed", done_on=str(today))
    assert again.status_code == 409


def test_a_result_that_is_not_good_says_what_to_mend(head, found):
    unit = found("乐龄中心")
    answer = posted(head, f"{where(unit)}file/inspection/", year=2025, result="failed", done_on="2026-05-20")
    assert answer.status_code == 422
    assert "整改什么" in text(answer)


def test_a_clinic_whose_licence_runs_out_is_spoken_of_until_it_is_renewed(head, found):
    clinic = found("安康诊所", kind="clinic")
    today = timezone.localdate()
    end = today + timedelta(days=20)
    licence = {"kind": "clinic_licence", "extent": "全科", "number": "PDY1"}
    posted(head, f"{where(clinic)}file/credential/", **licence, since="2024-01-01", last_day=str(end))
    assert "执业许可证（诊所备案凭证）到期" in text(head.get("/organisations/due/"))
    overlapping = posted(head, f"{where(clinic)}file/credential/", **licence, since=str(today))
    assert overlapping.status_code == 409
    renewed = posted(head, f"{where(clinic)}file/credential/", **licence, since=str(end + timedelta(days=1)))
    assert renewed.status_code == 302
    assert "安康诊所" not in text(head.get("/organisations/due/"))


@pytest.mark.requirement("S1-42")
def test_a_village_clinic_becomes_a_station_and_its_old_records_are_still_found(head, found):
    clinic = found("王家村卫生室", kind="clinic")
    posted(head, f"{where(clinic)}file/credential/", kind="clinic_licence", number="PDY2", since="2024-03-01")
    told = {"on": "2026-09-01", "name": "王家社区卫生服务站", "kind": "clinic", "number": "鄞卫〔2026〕12号"}
    answer = posted(head, f"{where(clinic)}convert/", **told)
    assert answer.status_code == 302
    new = text(head.get(answer["Location"]))
    assert "由" in new
    assert "王家村卫生室" in new
    old = text(head.get(where(clinic)))
    for words in ("王家社区卫生服务站", "PDY2", "鄞卫〔2026〕12号", "撤销"):
        assert words in old
    assert "王家村卫生室" not in text(head.get("/organisations/?kind=clinic"))
    assert "王家村卫生室" in text(head.get("/organisations/?name=王家村&gone=1"))
    assert "王家村卫生室" in text(head.get("/organisations/?kind=clinic&on=2026-08-31"))


def test_a_clinic_is_closed_with_a_reason(head, found):
    clinic = found("李家村卫生室", kind="clinic")
    assert posted(head, f"{where(clinic)}close/", until="2026-09-01").status_code == 422
    assert (
        posted(head, f"{where(clinic)}close/", until="2026-09-01", why="村民就近到中心就诊").status_code
        == 302
    )
    page = text(head.get(where(clinic)))
    assert "村民就近到中心就诊" in page
    assert "/file/credential/" not in page


@pytest.mark.requirement("S1-132")
def test_a_hundred_and_fifty_organisations_are_counted_by_field_on_any_day(officer, found):
    for number in range(125):
        found(f"文体队{number}", field="culture" if number < 60 else "mutual", since=date(2025, 5, 1))
    for number in range(26):
        found(f"新队{number}", field="service", area=YARD, since=date(2026, 9, 30 if number < 25 else 1))
    gone = found("散了的队", field="culture", since=date(2025, 5, 1))
    assert posted(officer, f"{where(gone)}close/", until="2026-06-01", why="没有人了").status_code == 302
    page = text(officer.get("/organisations/count/?since=2025-12-31&on=2026-09-30"))
    whole = page[page.index("合计") :]
    assert [int(one) for one in re.findall(r">(\d+)<", whole)[:4]] == [126, 26, 1, 151]
    assert "+19.8%" in whole
    earlier = text(officer.get("/organisations/count/?since=2025-12-31&on=2026-09-29"))
    whole = earlier[earlier.index("合计") :]
    assert [int(one) for one in re.findall(r">(\d+)<", whole)[:4]] == [126, 1, 1, 126]
    listed = text(
        officer.get("/organisations/?kind=social&field=service&on=2026-09-30&since_from=2026-09-30")
    )
    assert "25 条" in listed
    assert officer.get("/organisations/count/?since=2026-09-30&on=2026-01-01").status_code == 422


@pytest.mark.requirement("S1-125")
def test_a_new_committee_has_its_file_of_approval_boundary_code_and_date(officer, head, areas):
    told = {
        "area": YARD,
        "name": "雅苑社区居民委员会",
        "authority": "鄞州区人民政府",
        "number": "鄞政函〔2026〕8号",
        "approved_on": "2026-06-20",
        "boundary": "东至金谷路，南至下应街，西至福庆路，北至兴宁路",
        "households": "1800",
        "since": "2026-07-01",
    }
    late = posted(officer, "/organisations/set-up/", **told | {"approved_on": "2026-07-02"})
    assert "批准日期晚于设立日期" in text(late)
    wrong = posted(officer, "/organisations/set-up/", **told, official_code="330212007099")
    assert "统计用区划代码是330212007002" in text(wrong)
    answer = posted(officer, "/organisations/set-up/", **told)
    page = text(officer.get(answer["Location"]))
    for words in ("鄞州区人民政府", "鄞政函〔2026〕8号", "东至金谷路", "330212007002", "1800"):
        assert words in page
    assert "已有雅苑社区居民委员会" in text(posted(officer, "/organisations/set-up/", **told))
    # A community does not set itself up.
    mine = posted(head, "/organisations/set-up/", **told | {"area": HOME})
    assert mine.status_code in (403, 422)


def test_a_committee_has_terms_and_members_with_dates(head, committee):
    term = {"number": "6", "seats": "2", "basis": "居民代表选举", "since": "2024-05-10"}
    too_long = posted(head, f"{where(committee)}file/term/", **term, last_day="2029-05-10")
    assert "一届最长5年" in text(too_long)
    assert posted(head, f"{where(committee)}file/term/", **term, last_day="2029-05-09").status_code == 302
    page = text(head.get(f"{where(committee)}file/officer/"))
    sixth = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>第6届', page)[1]
    for office, name in (("主任", "王芳"), ("委员", "李强")):
        told = {"office": office, "name": name, "term": sixth, "since": "2024-05-10"}
        assert posted(head, f"{where(committee)}file/officer/", **told).status_code == 302
    full = posted(
        head, f"{where(committee)}file/officer/", office="委员", name="赵敏", term=sixth, since="2024-06-01"
    )
    assert "应有2人，已满" in text(full)
    page = text(head.get(where(committee)))
    leave = re.search(r'href="([^"]+/end/officer/[^"]+)" aria-label="终止委员　李强"', page)[1]
    assert posted(head, leave, last_day="2026-01-31").status_code == 422
    assert posted(head, leave, last_day="2026-01-31", why="工作调动").status_code == 302
    page = text(head.get(where(committee)))
    assert "工作调动" in page
    assert (
        posted(
            head,
            f"{where(committee)}file/officer/",
            office="委员",
            name="赵敏",
            term=sixth,
            since="2026-02-01",
        ).status_code
        == 302
    )


@pytest.mark.requirement("S3-31")
def test_who_does_what_stands_by_person_and_can_be_hung_on_the_wall(
    head, post, worker, make_account, committee, system, now
):
    second = make_account("李社工")
    organisations.appoint(by=system, at=now, post=post, account=worker, since=date(2026, 1, 1))
    organisations.appoint(by=system, at=now, post=post, account=second, since=date(2026, 1, 1), acting=True)
    told = {"account": str(worker), "task": "老年人优待证、高龄津贴", "since": "2026-02-01"}
    assert (
        posted(head, f"{where(committee)}file/responsibility/", **told, deputy=str(worker)).status_code == 422
    )
    assert (
        posted(head, f"{where(committee)}file/responsibility/", **told, deputy=str(second)).status_code == 302
    )
    for paper in ("", "?paper=a3"):
        page = text(head.get(f"{where(committee)}wall/{paper}"))
        for words in ("王社工", "社区工作者", "高龄津贴", "不在时找李社工", "李社工", "代理"):
            assert words in page
    stranger = access.create_account(
        by=system, at=now, username="stranger", name="外人", password="Qiangdu-9-hao-mima", area=STREET
    )
    assert posted(
        head,
        f"{where(committee)}file/responsibility/",
        account=str(stranger.public_id),
        task="看门",
        since="2026-02-01",
    ).status_code == 422  # fmt: skip


@pytest.mark.requirement("S4-30")
def test_the_network_goes_from_the_county_to_the_helper_group_with_telephones_and_gaps(
    head, office, committee, found, system, now, enter
):
    county = found("鄞州区残疾人联合会", kind="federation", area="330212")
    group = found("东莺助残小组", kind="group")
    far = found("百丈助残小组金丝雀", kind="group", area=FAR)
    for unit, name in ((county, "周主任"), (office, "吴专员"), (group, "郑姐"), (far, "金丝雀甲")):
        organisations.name_contact(
            by=system, at=now, organisation=unit, name=name, phone="0574-8812 0001", duty="助残",
            since=date(2026, 1, 1), network="disability",
        )  # fmt: skip
    page = text(head.get("/organisations/networks/disability/"))
    places = [page.index(name) for name in ("周主任", "吴专员", "未指定联系人", "郑姐")]
    assert places == sorted(places)
    assert 'href="tel:0574-8812 0001"' in page
    assert "金丝雀" not in page
    told = {
        "name": "钱联络",
        "phone": "88120002",
        "duty": "上门",
        "network": "disability",
        "since": "2026-03-01",
    }
    assert posted(head, f"{where(committee)}file/contact/", **told | {"phone": "没有"}).status_code == 422
    assert posted(head, f"{where(committee)}file/contact/", **told).status_code == 302
    page = text(head.get("/organisations/networks/disability/"))
    assert "未指定联系人" not in page
    assert page.index("钱联络") < page.index("郑姐")
    assert head.get("/organisations/networks/nothing/").status_code == 404


def test_another_street_sees_and_writes_nothing(enter, found, system, now):
    unit = found("书画社金丝雀", since=date(2024, 1, 1))
    organisations.enter_officer(
        by=system, at=now, organisation=unit, office="社长", name="金丝雀乙", since=date(2024, 1, 1)
    )
    far = enter("community_head", FAR)
    for address in ("", "edit/", "close/", "convert/", "wall/", "file/officer/", "file/contact/"):
        answer = far.get(where(unit) + address)
        assert answer.status_code == 404, address
        assert "金丝雀" not in text(answer)
    for address in ("/organisations/?gone=1", "/organisations/due/", "/organisations/count/"):
        assert "金丝雀" not in text(far.get(address))
    assert far.post(f"{where(unit)}close/", {"until": "2026-10-01", "why": "无"}).status_code == 404


def test_a_neighbour_community_of_the_street_does_not_read_the_officers(enter, found, system, now):
    """Row-level security: what is on file is read where one reaches, the street's offices stay public facts."""
    unit = found("街道商会", area=STREET, since=date(2024, 1, 1))
    organisations.enter_officer(
        by=system, at=now, organisation=unit, office="会长", name="不该看见", since=date(2024, 1, 1)
    )
    head = enter("community_head", HOME)
    page = text(head.get(where(unit)))
    assert "街道商会" in page
    assert "不该看见" not in page
    assert "不该看见" in text(enter("section_officer", STREET).get(where(unit)))


def test_what_is_on_file_follows_a_reorganised_area(enter, found, system, now):
    from yimen.registers.places import api as places

    unit = found("书画社", since=date(2024, 1, 1))
    organisations.enter_officer(
        by=system, at=now, organisation=unit, office="社长", name="何社长", since=date(2024, 1, 1)
    )
    (code,) = places.reorganise_areas(
        by=system, at=now, on=date(2026, 11, 1), old=[HOME], new=[places.NewArea(STREET, "东莺苑社区")]
    )
    assert "何社长" in text(enter("community_head", code).get(where(unit)))


@pytest.mark.requirement("S0-16")
def test_a_partner_hospital_shows_contact_agreement_scan_services_and_warns_60_days_before(
    head, found, tmp_path, settings
):
    settings.YIMEN_FILES = tmp_path
    today = timezone.localdate()
    hospital = found("东莺医院", kind="health_centre")
    told = {
        "title": "医疗合作协议",
        "partner": "潘火街道办事处",
        "content": "每月义诊一次；开设绿色转诊通道",
        "since": str(today - timedelta(days=300)),
        "last_day": str(today + timedelta(days=61)),
    }
    told_of = {"name": "东莺医院", "phone": "0574-88000000", "address": "演示路 9 号"}
    assert head.post(f"{where(hospital)}edit/", told_of).status_code == 302
    assert posted(head, f"{where(hospital)}file/agreement/", **told).status_code == 302
    page = text(head.get(where(hospital)))
    for words in ("0574-88000000", "医疗合作协议", "绿色转诊通道", "有效"):
        assert words in page
    assert "东莺医院" not in text(head.get("/organisations/due/")), "sixty-one days are no warning yet"
    scan = re.search(r'href="(/organisations/[^"]+/scan/[^"]+)"', page)[1]
    assert posted(head, scan).status_code == 422
    content = BytesIO()
    Image.new("RGB", (200, 280), "white").save(content, "PNG")
    paper = SimpleUploadedFile("协议.png", content.getvalue(), content_type="image/png")
    assert head.post(scan, {"file": paper}).status_code == 302
    page = text(head.get(where(hospital)))
    kept = re.search(r'href="(/documents/[^"]+)">协议扫描件：协议.png', page)[1]
    assert b"".join(head.get(kept).streaming_content)[1:4] == b"PNG"
    near = {**told, "title": "体检协议", "last_day": str(today + timedelta(days=60))}
    posted(head, f"{where(hospital)}file/agreement/", **near)
    assert "还有 60 天" in text(head.get(where(hospital)))
    assert "东莺医院" in text(head.get("/organisations/due/"))


def _filed(head, unit, partner, **more):
    told = {
        "title": "医养结合协议",
        "partner_unit": str(partner.public_id),
        "content": "医生每月上门巡诊，留床位转诊",
        "visits_monthly": "2",
        "beds": "20",
        **more,
    }
    return posted(head, f"{where(unit)}file/agreement/", **told)


@pytest.mark.requirement("S1-41")
def test_an_agreement_with_an_elder_home_says_visits_beds_and_validity_and_what_was_done(head, found):
    today = timezone.localdate()
    point, home = (
        found("东莺卫生站", kind="clinic"),
        found("东莺养老院", kind="institution", field="eldercare"),
    )
    since = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    days = {"since": str(since), "last_day": str(today + timedelta(days=60))}
    assert _filed(head, point, home, **days).status_code == 302
    page = text(head.get(where(point)))
    for words in ("与东莺养老院", "每月上门 2 次，本月已 0 次", "床位 20 张", "还有 60 天"):
        assert words in page
    assert f"{since.year}年{since.month}月少 2 次" in page, "the month that is over had none"
    visits = re.search(r'href="(/organisations/[^"]+/visits/[^"]+/)"', page)[1]
    assert "还没有登记过上门" in text(head.get(visits))
    page = text(head.post(visits, {"visited_on": str(today), "people": "12", "note": "巡诊"}, follow=True))
    assert "上门已登记" in page
    assert "巡诊" in page
    for wrong, said in (
        ({"visited_on": str(today), "people": "3"}, "不要重复登记"),
        ({"visited_on": str(today + timedelta(days=1)), "people": "3"}, "不晚于今天"),
        ({"visited_on": str(since - timedelta(days=1)), "people": "3"}, "要在协议期内"),
        ({"visited_on": str(today - timedelta(days=1)), "people": "0"}, "大于或等于"),
    ):
        answer = head.post(visits, wrong)
        assert answer.status_code in (409, 422)
        assert said in text(answer), wrong
    for day in (since, since + timedelta(days=3)):
        head.post(visits, {"visited_on": str(day), "people": "5"})
    page = text(head.get(where(point)))
    assert "本月已 1 次" in page
    assert "少 2 次" not in page
    there = text(head.get(where(home)))
    assert "东莺卫生站：医养结合协议" in there
    assert "本月已 1 次" in there
    assert "东莺卫生站" in text(head.get("/organisations/due/")), "sixty days before it ends"
    drop = re.search(r'action="([^"]+/drop)"', text(head.get(visits)))[1]
    assert "已撤销" in text(head.post(drop, follow=True))
    assert "本月已 0 次" in text(head.get(where(point)))


def test_visits_of_an_agreement_are_seen_and_noted_by_nobody_of_another_street(head, enter, found):
    today = timezone.localdate()
    point, home = found("东莺卫生站", kind="clinic"), found("东莺养老院", kind="institution")
    _filed(head, point, home, since=str(today), last_day=str(today + timedelta(days=300)))
    visits = re.search(r'href="(/organisations/[^"]+/visits/[^"]+/)"', text(head.get(where(point))))[1]
    head.post(visits, {"visited_on": str(today), "people": "12"})
    drop = re.search(r'action="([^"]+/drop)"', text(head.get(visits)))[1]
    far = enter("community_head", FAR)
    assert far.get(visits).status_code == 404
    assert far.post(visits, {"visited_on": str(today), "people": "1"}).status_code == 404
    assert far.post(drop).status_code == 404
    theirs = found("远处养老院", kind="institution", area=FAR)
    days = {"since": str(today), "last_day": str(today + timedelta(days=9))}
    assert _filed(head, point, theirs, **days).status_code == 422
    plain = {"title": "共建协议", "partner": "潘火街道", "content": "义诊", **days}
    assert posted(head, f"{where(point)}file/agreement/", **plain).status_code == 302, "no visits were agreed"


def test_only_months_that_lay_wholly_in_the_agreement_are_short():
    told = {"since": date(2026, 8, 20), "until": date(2026, 10, 15), "on": date(2026, 11, 20)}
    assert visits_standing(2, visited=[], **told).short == ((date(2026, 9, 1), 2),)
    assert visits_standing(1, visited=[date(2026, 9, 30)], **told).short == ()
