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
    parser.add_argument("--prove", type=Path, metavar="FILE", help="prove a backup that was made before")
    chosen = parser.parse_args()
    with server_environment() as env, house.only_one("backup"):
        from tools.backups import keeping

        begun = time.monotonic()
        path = chosen.prove
        if path is None:
            made = keeping.make(env, chosen.to)
            path = made.path
            rows, size = sum(made.sheet.rows.values()), path.stat().st_size / 1024 / 1024
            print(
                f"{path}: {rows:,} rows, {made.files:,} files, {size:,.1f} MiB ({time.monotonic() - begun:.0f} s)."
            )
        spoilt: tuple[str, ...] = ()
        if not chosen.unproven:
            begun = time.monotonic()
            spoilt = keeping.prove(env, path).spoilt
            print(
                f"Restored beside the product and counted: it holds ({time.monotonic() - begun:.0f} s). 已试恢复并核对。"
            )
        if chosen.prove is None and chosen.keep > 0:
            for old in keeping.prune(chosen.to, keep=chosen.keep):
                print(f"Removed {old.name}. 已删除旧备份。")
    print(
        f"It opens only with the keys in {house.VAR / 'env'}: keep a copy of that file apart from the backups. "
        "备份只能用该文件中的密钥打开：请另存一份，不要与备份放在一起。"
    )
    if spoilt:
        print(
            f"{len(spoilt)} files are no longer what they were when they were handed in: {', '.join(spoilt[:3])} … "
            "有文件的内容与存入时不符，请从较早的备份中找回。",
            file=sys.stderr,
        )
        return 1
    return 0


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
