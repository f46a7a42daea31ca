"""The steps that bring a database to today's state, shared by run and reset."""

import os
import subprocess

from tools import house, postgres, processes
from tools.house import ROOT, VAR, Stop

LOG = VAR / "setup.log"


def environment(server: postgres.Server) -> dict[str, str]:
    """What the product's processes get: our keys and addresses, and before them whatever was set outside."""
    # What these tools start is for trying out: the demo's posts come in with the password that the README tells.
    waived = {"YIMEN_SECOND_FACTOR_WAIVED": "true"}
    if postgres.external():
        return {**waived, **house.keep_secrets(server.env_file, data_exists=False), **os.environ}
    return {**waived, **os.environ, **server.environment(), **_set_outside()}


def _set_outside() -> dict[str, str]:
    return {key: os.environ[key] for key in house.SECRET_KEYS if key in os.environ}


def step(env: dict[str, str], what: str, *arguments: str, show: bool = False) -> None:
    """Run one command of the project; what it says goes into the log, and with ``show`` onto the screen, too."""
    print(what, flush=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ manage.py {' '.join(arguments)}\n")
        log.flush()
        start = log.tell()
        where = subprocess.PIPE if show else log
        with subprocess.Popen(
            processes.manage(*arguments), cwd=ROOT, env=env, stdout=where, stderr=log
        ) as done:
            for line in done.stdout or ():
                text = line.decode("utf-8", "replace")
                log.write(text)
                log.flush()
                print(f"  {text}", end="", flush=True)
    if done.returncode == 0:
        return
    with LOG.open(encoding="utf-8", errors="replace") as log:
        log.seek(start)
        said = log.read()
    if "No space left" in said or "DiskFull" in said or "Read-only file system" in said:
        raise house.stop_for_disk("No space left" if "Read-only" not in said else said, ROOT)
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip(" ^")), "no message")
    raise Stop(
        f"`manage.py {arguments[0]}` failed ({last}): see {LOG}.",
        f"命令 {arguments[0]} 执行失败：请查看 {LOG}。",
    )


def tables(env: dict[str, str]) -> None:
    """Tables and definitions."""
    LOG.unlink(missing_ok=True)
    step(env, "Preparing the database… 正在准备数据库…", "migrate", "--database", "owner", "--no-input")
    step(env, "Reading the definitions… 正在载入定义…", "sync_definitions")


def prepare(env: dict[str, str], *demo: str) -> None:
    """Tables, definitions and the demo street."""
    tables(env)
    step(env, "Loading the demo street… 正在载入演示街道…", "load_demo", *demo, show=True)
