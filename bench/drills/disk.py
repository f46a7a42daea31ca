"""Disk (磁盘满): the disk of the uploaded files, then that of the database; who works is told, and goes on when there is room."""

import contextlib
import io
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from PIL import Image

from bench.drills import reckoning
from bench.drills.crew import crew
from bench.drills.keeper import Keeper
from bench.drills.report import Section
from bench.drills.stage import Stage, stage
from bench.drills.window import Answer, Window, heading, together
from tools import house
from tools.house import Stop

FILES_DISK, DATABASE_DISK = "1m", "700m"
FULL = "503 存储空间已满"
# A database whose log cannot be written stops and starts again; so it may be away as well.
SPEAKS = {FULL, "503 数据库正在恢复"}
TAKEN = (200, 302)
BOUNDARY = "drill-boundary"


def run() -> Section:
    """Both disks, one after the other. Needs the right to mount a tmpfs."""
    section = Section("disk", "磁盘满：先是上传文件的磁盘，再是数据库的磁盘；腾出空间后继续")
    _files(section)
    _database(section)
    return section


def _files(section: Section) -> None:
    folder = house.VAR / "bench" / "small_disk"
    with small_disk(folder, FILES_DISK), stage(YIMEN_FILES=str(folder)) as on:
        with on.product.owner() as owner:
            before = _kept(owner)
        window = Window(on.product.url, on.clerks(1)[0])
        window.sign_in(until=time.monotonic() + 60)
        answers = [upload_page(window, on, number) for number in range(12)]
        refused = next((number for number, one in enumerate(answers) if one.status not in TAKEN), None)
        with on.product.owner() as owner:
            rows = _kept(owner) - before
        lying = [path for path in folder.rglob("*") if path.is_file()]
        half = [path for path in lying if path.parent.name == "incoming"]
        section.must(refused is not None, "the disk never was full")
        section.must(rows == len(lying) - len(half), f"{rows} rows for {len(lying)} files")
        section.must(not half, f"{len(half)} half-written files stayed")
        said = {f"{one.status} {heading(one.text)}" for one in answers[refused or 0 :]}
        section.must(said <= {FULL}, f"an upload was answered {sorted(said)}")
        # Other work needs no room there.
        case = window.accept(until=time.monotonic() + 60)
        section.must(case and case.answered, "nothing could be accepted while the disk of the files was full")
        subprocess.run(["mount", "-o", "remount,size=40m", str(folder)], check=True)
        again = upload_page(window, on, 99)
        section.must(again.status in TAKEN, f"with room again: {again.status} {heading(again.text)}")
        section.figures |= {
            f"files, disk of {FILES_DISK}: uploads that fitted": refused,
            "files: what the next upload was told": sorted(said),
            "files: rows and files after it": f"{rows} / {len(lying)}, half-written {len(half)}",
            "files: a case without a file meanwhile": "accepted" if case and case.answered else "not",
            "files: upload with room again": again.status,
        }


def _database(section: Section) -> None:
    with _moved_to_small_disk() as on, Keeper(on.product, database=True) as keeper:
        with on.product.owner() as owner:
            since = reckoning.marks(owner)
        ballast = on.product.server.data / "ballast"
        with crew(on, 4, within=400) as people:
            people.await_answers(5)
            _fill(ballast)
            time.sleep(25)
            full = people.answered()
            time.sleep(10)
            moved = people.answered() - full
            ballast.unlink()
            on.product.start("database")
            seconds = people.await_more(5)
        drained = reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, people.asked)
        section.wrong += found.wrong
        told = set().union(*(window.told for window in people.windows))
        section.must(told, "the disk never was full")
        section.must(told <= SPEAKS, f"pages said something else: {sorted(told - SPEAKS)}")
        section.figures |= {
            f"database, disk of {DATABASE_DISK}: accepted in ten seconds while full": moved,
            "database: seconds from room to five more accepted": seconds,
            "database: stopped by itself and was started again": keeper.ended_by_itself["database"],
            **{
                f"database: {what}": value
                for what, value in (found.figures() | together(people.windows)).items()
            },
            "database: seconds until no job waited": round(drained, 1),
        }


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of its own, in memory, on this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise Stop(
            "This drill mounts a small disk: run it as root.", "此演练需要挂载小磁盘：请以 root 运行。"
        )
    try:
        yield
    finally:
        for _ in range(50):
            if not subprocess.run(["umount", str(folder)], capture_output=True, check=False).returncode:
                break
            time.sleep(0.2)


@contextlib.contextmanager
def _moved_to_small_disk() -> Iterator[Stage]:
    """The stage with its data on a small disk of their own; they come back when they are no longer needed."""
    with stage(running=False) as first:
        data = first.product.server.data
    kept = data.with_name("postgres.kept")
    data.rename(kept)
    try:
        with small_disk(data, DATABASE_DISK):
            subprocess.run(["cp", "-a", f"{kept}/.", str(data)], check=True)
            # What is checked is what a log that cannot grow does, so it must be short.
            with stage(settings={"max_wal_size": "64MB", "min_wal_size": "32MB"}) as on:
                yield on
    finally:
        data.rmdir()
        kept.rename(data)


def _fill(ballast: Path) -> None:
    """Write until there is no room for anything."""
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as out:
        while True:
            out.write(b"0" * 4096)


def upload_page(window: Window, on: Stage, number: int) -> Answer:
    """Hand one page of a paper in of which a copy is kept: a picture of noise that nobody can press any smaller."""
    noise = io.BytesIO()
    Image.effect_noise((900, 900), 90).convert("RGB").save(noise, "JPEG", quality=85)
    fields = {
        "csrfmiddlewaretoken": window.cookies["csrftoken"],
        "do": "add",
        "request_key": f"drill-{number}-{time.time()}",
    }
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    )
    body += (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{number}.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode() + noise.getvalue()
    body += f"\r\n--{BOUNDARY}--\r\n".encode()
    person = window.clerk.people[number % len(window.clerk.people)]
    path = f"/desk/new/temporary_relief/papers/receipts/?person={person}"
    return window.ask("POST", path, body, f"multipart/form-data; boundary={BOUNDARY}")


def _kept(owner: psycopg.Connection) -> int:
    return reckoning.one(owner, "SELECT count(*) FROM documents_storedfile")
