"""`make restore ARGS="FILE"`: bring a backup back, tables of today included; what was there before is kept beside it.

The product must be stopped. `--replace` is asked for where there are data; `--forget NAME` removes what was kept beside.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house, steps
from tools.backup import server_environment
from tools.house import Stop

RUNNING = Stop(
    "The product is running: stop it first, then restore.",
    "系统正在运行：请先停止，再恢复。",
)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="the backup")
    parser.add_argument("--replace", action="store_true", help="also where there are data already")
    parser.add_argument("--forget", metavar="NAME", help="remove a database that a restore kept beside")
    chosen = parser.parse_args()
    if (chosen.file is None) == (chosen.forget is None):
        parser.error(
            'one of FILE and --forget NAME, for example: make restore ARGS="var/backups/yimen-….yimen"'
        )
    house.own_var()
    with house.only_one("run", wait=0.5, else_say=RUNNING), server_environment() as env:
        from tools.backups import database, keeping

        if chosen.forget:
            keeping.forget(env, chosen.forget)
            print(f"Removed {chosen.forget}. 已删除。")
            return
        if database.holds_something(env["DATABASE_OWNER_URL"]) and not chosen.replace:
            raise Stop(
                "There are data in the database: add --replace, and they are kept beside under another name.",
                "数据库中已有数据：请加上 --replace，原数据会改名保留。",
            )
        back, aside = keeping.bring_back(env, chosen.file)
        print(f"Restored as of {back.sheet.made_at}: {back.rows:,} rows, {back.files:,} files. 已恢复。")
        steps.tables(env)
        print(
            f"What was there before is kept as {aside}; remove it with "
            f'`make restore ARGS="--forget {aside}"`. 原数据库已改名保留，确认无误后可删除。'
        )


if __name__ == "__main__":
    house.run_tool(main)
