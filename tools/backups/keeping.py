"""Make a backup, prove it, bring it back: the three deeds, without a command line."""

import contextlib
import hashlib
import io
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from tools.backups import database
from tools.backups.contents import Reader, Sheet, Writer, fingerprints
from tools.backups.sealing import Opener, Sealer
from tools.house import Stop

SUFFIX = ".yimen"
_BEFORE = "yimen_before"


@dataclass(frozen=True)
class Kept:
    """A backup that lies complete on the disk: its file, what it says of itself, how many files of residents it holds."""

    path: Path
    sheet: Sheet
    files: int
    spoilt: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(self.sheet.rows.values())

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.path.stat().st_size


def make(env: Mapping[str, str], folder: Path, *, now: datetime | None = None) -> Kept:
    """Write a backup of ``DATABASE_OWNER_URL`` and ``YIMEN_FILES`` into ``folder``; a fault leaves nothing there.

    The work goes on meanwhile: the database is read as of one moment, and no file is ever written over.
    """
    if not database.holds_something(env["DATABASE_OWNER_URL"]):
        raise Stop("There is nothing in the database yet.", "数据库中还没有数据，无需备份。")
    now = now or datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"yimen-{now:%Y%m%d-%H%M%S}{SUFFIX}"
    handle, name = tempfile.mkstemp(dir=folder, prefix=".unfinished-")
    try:
        with os.fdopen(handle, "wb") as out, database.Moment(env["DATABASE_OWNER_URL"]) as moment:
            sheet = Sheet(
                made_at=now.isoformat(timespec="seconds"),
                postgresql=moment.server_version,
                migrations=moment.migrations(),
                rows=moment.rows(),
                keys=fingerprints(env),
            )
            sealer = Sealer(out, secret=_secret(env))
            writer = Writer(sealer)
            writer.sheet(sheet)
            for piece in moment.dump():
                writer.dump_piece(piece)
            files, spoilt = writer.files(Path(env["YIMEN_FILES"]))
            writer.finish()
            sealer.finish()
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            raise Stop(f"{target} is there already: wait a second.", f"{target} 已存在：请稍候一秒再试。")
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush(folder)
    return Kept(target, sheet, files, tuple(spoilt))


def prove(env: Mapping[str, str], path: Path) -> Kept:
    """Restore a backup into a database of its own and count: tables, rows and files are those it speaks of.

    The database is gone afterwards; the product is not touched.
    """
    url = env["DATABASE_OWNER_URL"]
    with _opened(env, path) as reader:
        sheet = reader.sheet()
        with database.scratch(url, _new_name("yimen_proof")) as beside:
            database.fill(beside, reader.dump())
            _require_rows(beside, sheet)
        files, spoilt = 0, []
        for digest, content in reader.files():
            files += 1
            if hashlib.sha256(content).hexdigest() != digest:
                spoilt.append(digest)
    return Kept(path, sheet, files, tuple(spoilt))


def bring_back(env: Mapping[str, str], path: Path) -> tuple[Kept, str]:
    """Restore a backup beside the present database, then exchange the two; answers it and the old one's new name.

    Until the exchange nothing of the present is touched, and a file is never written over.
    """
    url = env["DATABASE_OWNER_URL"]
    if database.others_in(url):
        raise database.in_use()
    new, aside = _new_name("yimen_new"), _new_name(_BEFORE)
    store = Path(env["YIMEN_FILES"])
    with _opened(env, path) as reader:
        sheet = reader.sheet()
        sheet.require_keys(env)
        database.make(url, new)
        try:
            beside = database.beside(url, new)
            database.fill(beside, reader.dump())
            _require_rows(beside, sheet)
            files = 0
            for digest, content in reader.files():
                _put_file(store, digest, content)
                files += 1
            database.let_in(beside, env["DATABASE_URL"])
            database.swap(url, new=new, aside=aside)
            _put_heads_aside(store, database.name_in(url), aside)
        except BaseException:
            database.drop(url, new)
            raise
    return Kept(path, sheet, files), aside


def forget(env: Mapping[str, str], name: str) -> None:
    """Remove a database that `bring_back` kept beside. Refuses every other name."""
    if not name.startswith(_BEFORE):
        raise Stop(f"{name} was not kept by a restore.", f"{name} 不是恢复时保留的数据库。")
    database.drop(env["DATABASE_OWNER_URL"], name)
    heads_file(Path(env["YIMEN_FILES"]), name).unlink(missing_ok=True)


def heads_file(store: Path, name: str) -> Path:
    """Where audit tells the heads of the trail's seals outside of the database of this name (its `gateways.py`)."""
    return store / f"seals-{name}.jsonl"


def _put_heads_aside(store: Path, present: str, aside: str) -> None:
    """They go with the database they tell of: the one that was brought back is rightly older."""
    with contextlib.suppress(FileNotFoundError):
        heads_file(store, present).rename(heads_file(store, aside))


def prune(folder: Path, *, keep: int) -> list[Path]:
    """Remove all backups of a folder but the newest ``keep``; answers those removed."""
    old = sorted(folder.glob(f"yimen-*{SUFFIX}"))[:-keep]
    for path in old:
        path.unlink()
    return old


@contextlib.contextmanager
def _opened(env: Mapping[str, str], path: Path):
    try:
        source = path.open("rb")
    except FileNotFoundError:
        raise Stop(f"There is no backup {path}.", f"找不到备份文件 {path}。") from None
    with source:
        yield Reader(io.BufferedReader(Opener(source, secret=_secret(env)), 1024 * 1024))


def _require_rows(url: str, sheet: Sheet) -> None:
    with psycopg.connect(url) as connection:
        found = database.rows_of(connection)
    if wrong := sorted(name for name in {*found, *sheet.rows} if found.get(name) != sheet.rows.get(name)):
        raise Stop(
            f"The restored database is not what was backed up: {', '.join(wrong[:5])} differ in rows.",
            f"恢复出的数据与备份时不符：{'、'.join(wrong[:5])} 的行数不同。",
        )


def _put_file(store: Path, digest: str, content: bytes) -> None:
    target = store / digest[:2] / digest[2:4] / digest
    if target.exists():
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".unfinished-")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(name, target)


def _secret(env: Mapping[str, str]) -> bytes:
    return env["YIMEN_BACKUP_KEY"].encode()


def _new_name(what: str) -> str:
    return f"{what}_{datetime.now(UTC):%Y%m%d_%H%M%S}_{secrets.token_hex(2)}"


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
