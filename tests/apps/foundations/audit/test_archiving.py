"""Old trail is copied into a file that proves itself; the young stays, and so does the chain (留痕归档)."""

import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from yimen.foundations.audit import tasks
from yimen.foundations.audit.api import operation, record, record_look, seal_trail, trail, verify
from yimen.foundations.audit.models import TrailRow
from yimen.foundations.audit.rules import archived_before, why_not_archived
from yimen.foundations.bus.api import defer, run_pending_jobs
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
AREA = "330212007001"
OLD = datetime(2024, 3, 1, 10, tzinfo=STREET_TIME)


@operation("tests.lamp.lit")
def light_lamp(*, by, at, subject):
    record(subject, kind="lamp", area=AREA, note="灯丝换成王秀英家的")


@pytest.fixture
def old_trail(acting, system):
    """Two seals of 2024 with three rows, a look, and a seal of today with one more."""
    with acting(system):
        for number, day in enumerate((OLD, OLD, OLD + timedelta(days=1))):
            light_lamp(by=system, at=day, subject=uuid7())
            if number:
                seal_trail(by=system, at=day)
        record_look(by=system, at=OLD, subject=uuid7(), area=AREA, why="核对王秀英")
        light_lamp(by=system, at=timezone.now(), subject=uuid7())
        seal_trail(by=system, at=timezone.now())
        yield


def archive(folder, before="2024-06-01", **more) -> str:
    out = StringIO()
    call_command("archive_trail", before=date.fromisoformat(before), to=folder, stdout=out, **more)
    return out.getvalue()


def check(file) -> str:
    out = StringIO()
    try:
        call_command("verify_archive", str(file), stdout=out)
    except CommandError as fault:
        return str(fault)
    return out.getvalue().strip()


def test_an_archive_proves_itself_holds_no_readable_detail_and_removes_nothing(old_trail, system, tmp_path):
    before = TrailRow.objects.count()
    said = archive(tmp_path)
    assert "封印 2 枚" in said and "查阅 1 条" in said
    (file,) = tmp_path.iterdir()
    assert check(file) == "全部相符。"
    assert file.stat().st_mode & 0o077 == 0
    text = file.read_text(encoding="utf-8")
    assert "王秀英" not in text and "tests.lamp.lit" in text
    assert TrailRow.objects.count() == before + 1
    assert trail(by=system).first().verb == "audit.trail.archived"
    assert verify(by=system).faults == ()


def test_the_next_archive_goes_on_where_the_last_ended(old_trail, tmp_path):
    archive(tmp_path, before="2024-03-02")
    archive(tmp_path)
    first, second = sorted(tmp_path.iterdir())
    assert check(first) == check(second) == "全部相符。"
    assert [text.count("tests.lamp.lit") for text in (first.read_text(), second.read_text())] == [2, 1]
    with pytest.raises(CommandError, match="没有还未归档"):
        archive(tmp_path)
    assert "封印 2 枚" in archive(tmp_path, again=True)


def test_a_look_of_a_slow_request_and_the_one_before_it_are_both_told_once(acting, system, tmp_path):
    midnight = datetime(2024, 3, 2, tzinfo=STREET_TIME)
    with acting(system):
        for day in (midnight - timedelta(hours=1), midnight + timedelta(hours=1)):
            light_lamp(by=system, at=day, subject=uuid7())
            seal_trail(by=system, at=day)
        for at in (midnight, midnight - timedelta(seconds=1)):  # the second began earlier and ended later
            record_look(by=system, at=at, subject=uuid7(), area=AREA, why="核对")
        for before in ("2024-03-02", "2024-06-01"):
            archive(tmp_path, before=before)
    told = [
        json.loads(line) for file in sorted(tmp_path.iterdir()) for line in file.read_bytes().splitlines()
    ]
    assert len([line for line in told if "look" in line]) == 2


@pytest.mark.parametrize("months", [0, 5])
def test_what_is_younger_than_six_months_is_refused(old_trail, tmp_path, months):
    day = timezone.localdate() - timedelta(days=30 * months)
    with pytest.raises(CommandError, match="满 6 个月"):
        archive(tmp_path, before=day.isoformat())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "today", "may"),
    [
        (date(2026, 5, 22), date(2026, 11, 22), True),
        (date(2026, 5, 23), date(2026, 11, 22), False),
        (date(2026, 8, 31), date(2027, 2, 28), False),
        (date(2026, 8, 31), date(2027, 3, 1), True),
        (date(2027, 1, 1), date(2026, 11, 22), False),
    ],
)
def test_six_months_are_counted_by_the_calendar(before, today, may):
    assert (why_not_archived(before=before, today=today) == "") is may


def _without(kind):
    def spoil(lines):
        lines.remove(next(line for line in lines if kind in json.loads(line)))

    return spoil


def _changed(kind, **values):
    def spoil(lines):
        at = next(number for number, line in enumerate(lines) if kind in json.loads(line))
        line = json.loads(lines[at])
        for name, value in values.items():
            (line["facts"] if name in line.get("facts", {}) else line)[name] = value
        lines[at] = json.dumps(line, ensure_ascii=False, separators=(",", ":"))

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        _without("row"),
        _without("look"),
        _without("seal"),
        _without("end"),
        _without("form"),
        _changed("row", actor="account:somebody-else"),
        _changed("row", digest="00" * 32),
        _changed("row", digest="no hex"),
        _changed("look", actor="account:somebody-else"),
        _changed("seal", head="00" * 32),
        _changed("end", rows=2),
        lambda lines: lines.append(lines[1]),
        lambda lines: lines.insert(1, "{"),
        lambda lines: lines.insert(1, "[]"),
    ],
)
def test_an_archive_that_was_changed_says_so(old_trail, tmp_path, spoil):
    archive(tmp_path)
    (file,) = tmp_path.iterdir()
    lines = file.read_text(encoding="utf-8").splitlines()
    spoil(lines)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert check(file) != "全部相符。"


def test_an_archive_is_never_written_over_and_a_bad_folder_is_said(old_trail, tmp_path):
    archive(tmp_path)
    (file,) = tmp_path.iterdir()
    kept = file.read_bytes()
    with pytest.raises(CommandError, match="已有同名文件"):
        archive(tmp_path, again=True)
    assert file.read_bytes() == kept and list(tmp_path.iterdir()) == [file]
    with pytest.raises(CommandError, match="没有这个目录"):
        archive(tmp_path / "nowhere")
    assert "读不了" in check(tmp_path / "nowhere.jsonl")


@pytest.fixture
def archives(settings, tmp_path):
    """What the monthly job has put down so far."""
    settings.YIMEN_FILES = tmp_path
    return lambda: sorted(file for file in tmp_path.rglob("trail-*.jsonl"))


def night(system, at: datetime) -> None:
    """The job of one night."""
    tasks.archive_trail(by=system, at=at, on=at.date())


def test_each_month_the_trail_of_half_a_year_ago_is_archived_and_said_in_the_trail(
    old_trail, system, archives
):
    defer("audit.archive_trail")
    run_pending_jobs()
    (file,) = archives()
    assert check(file) == "全部相符。" and file.read_text(encoding="utf-8").count("tests.lamp.lit") == 3
    row = trail(by=system).first()
    assert (row.verb, row.actor) == ("audit.trail.archived", "system:audit.archive_trail")
    night(system, timezone.now() + timedelta(days=1))
    assert archives() == [file] and trail(by=system).first() == row


def test_a_month_whose_first_night_was_missed_is_archived_on_the_next_one(old_trail, system, archives):
    night(system, datetime(2024, 9, 30, 2, 25, tzinfo=STREET_TIME))
    assert archives() == []
    night(system, datetime(2024, 10, 3, 2, 25, tzinfo=STREET_TIME))
    assert len(archives()) == 1


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2026, 11, 23), date(2026, 5, 1)),
        (date(2026, 6, 30), date(2025, 12, 1)),
        (date(2026, 8, 31), date(2026, 2, 1)),
        (date(2027, 2, 28), date(2026, 8, 1)),
    ],
)
def test_the_monthly_archive_ends_with_a_whole_month_that_may_be_archived(today, before):
    assert archived_before(today) == before
    assert why_not_archived(before=before, today=today) == ""
