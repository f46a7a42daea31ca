"""A list in full: asked for a named receiver, approved by another, made with the asker's eyes, sealed, gone in time."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

import openpyxl
import pytest

from yimen.foundations.access import api as access
from yimen.foundations.access.rules.sealing import CannotUnseal
from yimen.foundations.audit.models import TrailRow
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.exports import api
from yimen.foundations.exports.engine import vault
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import Conflict, NotAllowed, NotFound, NotPossible

pytestmark = pytest.mark.django_db
STREET, HOME, OTHER = "330212007", "330212007001", "330212008"
ASK = "/exports/ask/?list=people.residents"
TOLD = {
    "receiver": "区卫健局 王科长",
    "purpose": "statutory",
    "fields_": ["name", "id_number", "phone", "address"],
    "hours": "24",
}


def text_of(answer) -> str:
    return answer.content.decode()


def asked(client, address=ASK, **told) -> UUID:
    answer = client.post(address, TOLD | told)
    assert answer.status_code == 302, text_of(answer)
    return UUID(re.search(r"/exports/([0-9a-f-]{36})/", answer.headers["Location"])[1])


def approved(client, export) -> None:
    assert client.post(f"/exports/{export}/approve/").status_code == 302
    run_pending_jobs()


def sheet_of(answer):
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(b"".join(answer)))


def verbs_of(export, acting, system) -> list[str]:
    with acting(system):
        rows = TrailRow.objects.filter(subject=export).order_by("id")
        return list(rows.values_list("verb", flat=True))


def real_now() -> datetime:
    return datetime.now(STREET_TIME)


def as_actor(made, now):
    return access.actor_of(made.public_id, on=now.date())


def test_the_whole_way_from_a_list_to_a_watermarked_file(folk, enter, acting, system):
    officer, chief = enter("section_officer"), enter("section_chief")
    export = asked(officer, words="年度核对")
    page = text_of(officer.get(f"/exports/{export}/"))
    assert "等待批准" in page
    assert officer.get(f"/exports/{export}/file/").status_code == 422
    home = text_of(chief.get("/"))
    assert "等您批准的完整导出" in home
    assert "区卫健局 王科长" in home
    page = text_of(chief.get(f"/exports/{export}/"))
    for told in (
        "区卫健局 王科长",
        "依法向主管部门报送",
        "姓名、身份证号码、联系电话、住址",
        "4（申请时）",
        "1 天",
    ):
        assert told in page
    approved(chief, export)
    answer = officer.get(f"/exports/{export}/file/")
    assert "no-store" in answer.headers["Cache-Control"]
    book = sheet_of(answer)
    lines = [list(row) for row in book.active.iter_rows(values_only=True)]
    mark = lines[1][0]
    number = re.search(r"编号 (DC[0-9]{8}-[0-9A-F]{8})", mark)[1]
    assert mark.startswith("仅供 区卫健局 王科长 用于 依法向主管部门报送")
    assert lines[-1][0] == mark
    assert number in book.active.oddHeader.center.text
    assert number in book.active.oddFooter.center.text
    assert number in book.properties.title
    assert "section_chief" in book.properties.creator
    assert "区卫健局" in book.properties.description
    assert ["王小明", "11010519491231002X", "13800138000", "东方丽都3幢501室"] in lines
    assert any(line[0] == "'=HYPERLINK(1)" for line in lines)
    assert not any("金丝雀" in str(cell) for line in lines for cell in line)
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    assert verbs_of(export, acting, system) == [
        "exports.export.asked",
        "exports.export.approved",
        "exports.file.made",
        "exports.file.fetched",
    ]


def test_the_file_lies_sealed_and_nothing_of_it_lies_beside(folk, enter, settings):
    officer, chief = enter("section_officer"), enter("section_chief")
    export = asked(officer)
    approved(chief, export)
    kept = [one for one in settings.YIMEN_FILES.rglob("*") if one.is_file()]
    assert [one.name for one in kept] == [f"{export}.sealed"]
    assert not kept[0].read_bytes()[4:].startswith(b"PK")
    assert b"13800138000" not in kept[0].read_bytes()
    body = bytearray(kept[0].read_bytes())
    body[-20] ^= 1
    kept[0].write_bytes(bytes(body))
    with pytest.raises(CannotUnseal):
        list(vault.pieces(export))
    other = UUID(int=export.int ^ 1)
    body[-20] ^= 1
    kept[0].with_name(f"{other}.sealed").write_bytes(bytes(body))
    with pytest.raises(CannotUnseal):
        list(vault.pieces(other))


def test_pieces_of_a_large_file_can_neither_be_dropped_nor_swapped(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(vault, "PIECE", 1000)
    export, plain = UUID(int=7), tmp_path / "plain"
    plain.write_bytes(bytes(range(256)) * 12)
    with vault.workshop():
        vault.keep(plain, export)
    assert b"".join(vault.pieces(export)) == plain.read_bytes()
    kept = next(settings.YIMEN_FILES.rglob("*.sealed"))
    whole = kept.read_bytes()
    size = int.from_bytes(whole[:4], "big") + 4
    for broken in (
        whole[: 2 * size],
        whole[size : 2 * size] + whole[:size] + whole[2 * size :],
        whole[size:],
    ):
        kept.write_bytes(broken)
        with pytest.raises(CannotUnseal):
            list(vault.pieces(export))


def test_nobody_approves_her_own(folk, enter):
    chief = enter("section_chief")
    export = asked(chief)
    assert "您批准吗" not in text_of(chief.get(f"/exports/{export}/"))
    assert "等您批准" not in text_of(chief.get("/"))
    answer = chief.post(f"/exports/{export}/approve/")
    assert answer.status_code == 422
    assert "要由别人批准" in text_of(answer)
    assert "要由别人批准" in text_of(chief.post(f"/exports/{export}/refuse/", {"reason": "不想要了"}))
    approved(enter("section_chief", name="另一位科长"), export)
    assert chief.get(f"/exports/{export}/file/").status_code == 200


def test_a_double_click_and_a_second_approver_are_safe(folk, enter, acting, system):
    officer, chief, leader = enter("section_officer"), enter("section_chief"), enter("leader")
    export = asked(officer)
    key = {"request_key": "one-tap"}
    for _ in range(2):
        assert chief.post(f"/exports/{export}/approve/", key).status_code == 302
    late = leader.post(f"/exports/{export}/approve/")
    assert late.status_code == 409
    assert "已经由section_chief处理过了" in text_of(late)
    assert leader.post(f"/exports/{export}/refuse/", {"reason": "不同意交出"}).status_code == 409
    run_pending_jobs()
    run_pending_jobs()
    assert verbs_of(export, acting, system) == [
        "exports.export.asked",
        "exports.export.approved",
        "exports.file.made",
    ]


def test_a_refusal_says_why_and_leaves_no_file(folk, enter, settings):
    officer, chief = enter("section_officer"), enter("section_chief")
    export = asked(officer)
    assert chief.post(f"/exports/{export}/refuse/", {"reason": ""}).status_code == 422
    assert chief.post(f"/exports/{export}/refuse/", {"reason": "发脱敏的就够了"}).status_code == 302
    run_pending_jobs()
    assert "发脱敏的就够了" in text_of(officer.get(f"/exports/{export}/"))
    assert "没有批准" in text_of(officer.get("/messages/"))
    assert officer.get(f"/exports/{export}/file/").status_code == 422
    assert not list(settings.YIMEN_FILES.rglob("*.sealed"))


def test_only_who_asked_downloads(folk, enter):
    officer, chief = enter("section_officer"), enter("section_chief")
    export = asked(officer)
    approved(chief, export)
    assert chief.get(f"/exports/{export}/file/").status_code == 403
    colleague = enter("section_officer", name="同事")
    for address in ("", "file/"):
        assert colleague.get(f"/exports/{export}/{address}").status_code == 404
    assert "王科长" not in text_of(colleague.get("/exports/"))


def test_the_other_street_sees_nothing_of_it(folk, enter):
    export = asked(enter("section_officer"))
    stranger = enter("section_chief", OTHER)
    assert stranger.get(f"/exports/{export}/").status_code == 404
    assert stranger.post(f"/exports/{export}/approve/").status_code == 404
    assert stranger.post(f"/exports/{export}/refuse/", {"reason": "不同意"}).status_code == 404
    assert "王科长" not in text_of(stranger.get("/exports/"))
    assert "等您批准" not in text_of(stranger.get("/"))


def test_a_file_is_gone_at_its_minute_and_then_from_the_disk(folk, account, acting, system, settings):
    officer, chief = account("section_officer"), account("section_chief")
    at = real_now()
    by, boss = as_actor(officer, at), as_actor(chief, at)
    told = {
        "source": "people.residents",
        "conditions": {},
        "receiver": "区卫健局",
        "purpose": "pay",
        "hours": 2,
    }
    with acting(by):
        export = api.ask_export(by=by, at=at, fields=["name"], **told).public_id
    with acting(boss):
        api.approve_export(by=boss, at=at, export=export)
    with acting(system):
        api.make_file(by=system, at=at, export=export)
    end = at + timedelta(hours=2)
    with acting(by):
        assert api.fetch_file(by=by, at=end - timedelta(seconds=1), export=export).fetched == 1
        with pytest.raises(NotPossible, match="到期"):
            api.fetch_file(by=by, at=end, export=export)
    with acting(system):
        assert api.remove_expired(by=system, at=end - timedelta(seconds=1)) == 0
        assert list(settings.YIMEN_FILES.rglob("*.sealed"))
        assert api.remove_expired(by=system, at=end) == 1
        assert api.remove_expired(by=system, at=end) == 0
    assert not list(settings.YIMEN_FILES.rglob("*.sealed"))
    with acting(by):
        assert api.get_export(export, by=by).state == api.ExportState.EXPIRED


def test_what_was_begun_and_never_finished_is_taken_away(folk, acting, system, settings):
    with vault.workshop():
        pass
    left = settings.YIMEN_FILES / "exports" / "making" / "left"
    left.mkdir()
    (left / "sheet.xlsx").write_bytes(b"PK")
    orphan = settings.YIMEN_FILES / "exports" / f"{UUID(int=5)}.sealed"
    orphan.write_bytes(b"x")
    with acting(system):
        api.remove_expired(by=system, at=real_now())
        assert left.exists() and orphan.exists()
        api.remove_expired(by=system, at=real_now() + timedelta(hours=2))
    assert not left.exists()
    assert not orphan.exists()


def test_the_file_is_made_with_the_eyes_of_who_asked_on_that_day(folk, account, acting, system, now):
    officer, chief = account("section_officer"), account("section_chief")
    by, boss = as_actor(officer, now), as_actor(chief, now)
    told = {
        "source": "people.residents",
        "conditions": {},
        "receiver": "区卫健局",
        "purpose": "pay",
        "hours": 2,
    }
    with acting(by):
        export = api.ask_export(by=by, at=now, fields=["name"], **told).public_id
    with acting(boss):
        api.approve_export(by=boss, at=now, export=export)
    with acting(system):
        access.close_account(by=system, at=now, account=officer.public_id, reason="离职")
        api.make_file(by=system, at=now, export=export)
    with acting(boss):
        found = api.get_export(export, by=boss)
    assert (found.state, found.reason) == ("failed", "申请人的账号已经停用。")


def test_what_a_leaver_had_asked_for_is_cancelled_and_her_file_is_gone(
    folk, enter, account, acting, system, now
):
    officer, chief, other = (
        enter("section_officer"),
        enter("section_chief"),
        enter("section_officer", name="sun"),
    )
    ready, waits, kept = asked(officer), asked(officer, receiver="区统计局"), asked(other)
    approved(chief, ready)
    assert vault.is_there(ready)
    with acting(system):
        [leaver] = [one for one in access.accounts(by=system) if one.username == f"section_officer-{STREET}"]
        access.close_account(by=system, at=now, account=leaver.public_id, reason="离职")
    run_pending_jobs()
    assert not vault.is_there(ready)
    for export in (ready, waits):
        page = text_of(chief.get(f"/exports/{export}/"))
        assert "已取消" in page and "申请人的账号已经停用" in page
    assert chief.post(f"/exports/{waits}/approve/").status_code in (409, 422)
    home = text_of(chief.get("/"))
    assert str(kept) in home and str(waits) not in home
    assert verbs_of(waits, acting, system)[-1] == "exports.exports.cancelled"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"receiver": ""}, "请写明交给哪个单位"),
        ({"receiver": "王"}, "请写明交给哪个单位"),
        ({"purpose": ""}, "请选择用途"),
        ({"purpose": "curiosity"}, "选择"),
        ({"purpose": "other"}, "请写明做什么用"),
        ({"fields_": []}, "请至少选一列"),
        ({"fields_": ["diagnosis"]}, "diagnosis"),
        ({"hours": "999"}, "999"),
    ],
)
def test_what_is_not_said_is_asked_for(folk, enter, told, sentence):
    answer = enter("section_officer").post(ASK, TOLD | told)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_list_one_may_not_open_cannot_be_asked_for(folk, enter):
    officer = enter("section_officer")
    for key in ("health.contracts", "people.nothing", "", "office.accounts"):
        assert officer.get(f"/exports/ask/?list={key}").status_code == 404
    assert enter("window_clerk").get(ASK).status_code == 403


def test_the_conditions_of_the_list_hold_for_the_file_too(folk, enter):
    officer, chief = enter("section_officer"), enter("section_chief")
    page = text_of(officer.get(f"{ASK}&community={HOME}"))
    assert "现在有 3 行" in page
    export = asked(officer, f"{ASK}&community={HOME}")
    approved(chief, export)
    lines = [
        row[0] for row in sheet_of(officer.get(f"/exports/{export}/file/")).active.iter_rows(values_only=True)
    ]
    assert "邻家人" not in lines
    assert "李小红" in lines
    answer = officer.post(f"{ASK}&birth_on_from=2100-01-01", TOLD)
    assert answer.status_code == 422
    assert "没有记录" in text_of(answer)


def test_the_button_stands_under_the_list_of_who_may_ask(folk, enter):
    address = "/people/papers-missing/"
    assert "申请完整导出" in text_of(enter("community_worker", HOME).get(address))
    assert "申请完整导出" not in text_of(enter("window_clerk").get(address))


def test_a_request_that_lay_a_week_is_no_longer_approved(folk, account, acting, now):
    officer, chief = account("section_officer"), account("section_chief")
    by, boss = as_actor(officer, now), as_actor(chief, now)
    told = {
        "source": "people.residents",
        "conditions": {},
        "receiver": "区卫健局",
        "purpose": "pay",
        "hours": 2,
    }
    with acting(by):
        export = api.ask_export(by=by, at=now, fields=["name"], **told).public_id
    with acting(boss), pytest.raises(NotPossible, match="已经失效"):
        api.approve_export(by=boss, at=now + timedelta(days=7, seconds=1), export=export)
    with acting(by), pytest.raises((NotAllowed, NotFound, Conflict)):
        api.approve_export(by=by, at=now, export=export)


def test_a_request_that_lay_a_week_waits_for_nobody(folk, enter, account, acting, now):
    asker, chief = enter("section_officer"), enter("section_chief")
    by = as_actor(account("section_officer", name="late"), now)
    with acting(by):
        for days in (6, 8):
            lain = api.ask_export(
                by=by,
                at=real_now() - timedelta(days=days),
                fields=["name"],
                source="people.residents",
                conditions={},
                receiver=f"区卫健局{days}天前",
                purpose="pay",
                hours=2,
            ).public_id
    home = text_of(chief.get("/"))
    assert "区卫健局6天前" in home
    assert "区卫健局8天前" not in home
    page = text_of(chief.get(f"/exports/{lain}/"))
    assert "已经失效" in page
    assert "您批准吗" not in page
    assert "待批准" not in page
    assert asker.get(f"/exports/{lain}/").status_code == 404
