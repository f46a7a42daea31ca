"""`make backup`: one sealed file with the database of this moment and all files, proven by restoring it beside the product.

The product may run. `ARGS="--to /mnt/usb --keep 14"` chooses the folder and how many stay; `--unproven` leaves the proof out;
`--prove FILE` proves one that lies there.
"""

import argparse
import contextlib
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house, install, postgres, steps

KEEP = 14


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--to", type=Path, default=house.VAR / "backups", help="folder, var/backups unless told"
    )
    parser.add_argument("--keep", type=int, default=KEEP, help=f"so many stay in the folder ({KEEP}); 0: all")
    parser.add_argument("--unproven", action="store_true", help="do not restore it to see that it can be")
    parser.add_argument("--prove", type=Path, metavar="FILE", help="only prove a backup that was made before")
    chosen = parser.parse_args()
    with server_environment() as env, house.only_one("backup"):
        if chosen.prove:
            spoilt = _prove(env, chosen.prove)
        else:
            spoilt = _make(env, chosen.to, proven=not chosen.unproven, keep=chosen.keep)
    if spoilt:
        print(
            f"{len(spoilt)} files are no longer what they were when they were handed in: {', '.join(spoilt[:3])} … "
            "有文件的内容与存入时不符，请从较早的备份中找回。",
            file=sys.stderr,
        )
    return 1 if spoilt else 0


def _make(env: dict[str, str], folder: Path, *, proven: bool, keep: int) -> tuple[str, ...]:
    """Make one, prove it, note it in the product, let old ones go; answers which files were not as handed in."""
    from tools.backups import keeping

    begun = time.monotonic()
    made = keeping.make(env, folder)
    took, mebibytes = time.monotonic() - begun, made.size / 1024 / 1024
    print(f"{made.path}: {made.rows:,} rows, {made.files:,} files, {mebibytes:,.1f} MiB ({took:.0f} s).")
    if proven:
        _prove(env, made.path)
    try:
        steps.step(
            env, "Noting it in the product… 正在登记备份…", "note_backup", made.path.name,
            "--made-at", made.sheet.made_at, "--rows", str(made.rows), "--files", str(made.files),
            "--size", str(made.size), "--spoilt", str(len(made.spoilt)), *(["--proven"] if proven else []),
        )  # fmt: skip
    except house.Stop as why:
        # Before an upgrade its tables are not there yet; the backup is whole without the note.
        print(f"{why} The backup is complete. 备份本身已完成。", file=sys.stderr)
    for old in keeping.prune(folder, keep=keep) if keep > 0 else ():
        print(f"Removed {old.name}. 已删除旧备份。")
    print(
        f"It opens only with the keys in {house.VAR / 'env'}: keep a copy of that file apart from the backups. "
        "备份只能用该文件中的密钥打开：请另存一份，不要与备份放在一起。"
    )
    return made.spoilt


def _prove(env: dict[str, str], path: Path) -> tuple[str, ...]:
    from tools.backups import keeping

    begun = time.monotonic()
    spoilt = keeping.prove(env, path).spoilt
    took = time.monotonic() - begun
    print(f"Restored beside the product and counted: it holds ({took:.0f} s). 已试恢复并核对。")
    return spoilt


@contextlib.contextmanager
def server_environment() -> Iterator[dict[str, str]]:
    """The installation's addresses and keys, its database running; one that was started for this is stopped again."""
    install.install(*install.needed())
    house.into_venv()
    server, started = postgres.dev_server(), False
    if postgres.external():
        postgres.require_external()
    else:
        started = server.start()
    try:
        env = {"YIMEN_FILES": str(house.VAR / "files")} | steps.environment(server)
        if "YIMEN_BACKUP_KEY" not in env:
            env["YIMEN_BACKUP_KEY"] = secrets.token_urlsafe(32)
            kept = house.read_env(server.env_file) | {"YIMEN_BACKUP_KEY": env["YIMEN_BACKUP_KEY"]}
            house.write_env(server.env_file, kept)
        yield env
    finally:
        if started:
            server.stop()


if __name__ == "__main__":
    house.run_tool(main)
