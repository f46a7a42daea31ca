"""What is measured beside the clients' watches: processor seconds, memory, and the facts of the machine."""

import contextlib
import os
import platform
import re
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

_TICK = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")
DURABILITY = ("fsync", "full_page_writes", "synchronous_commit")
SIZES = ("shared_buffers", "max_wal_size", "max_connections")


def percentile(times: Iterable[float], share: float) -> float:
    """The time within which this share of the deeds was done; 0 when there were none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(frozen=True)
class Used:
    """Processor seconds of each group of processes, and of each web worker."""

    seconds: Mapping[str, float]
    workers: Mapping[int, float]

    def since(self, before: "Used") -> "Used":
        return Used(
            {name: used - before.seconds.get(name, 0.0) for name, used in self.seconds.items()},
            {pid: used - before.workers.get(pid, 0.0) for pid, used in self.workers.items()},
        )


def used(groups: Mapping[str, int | None]) -> Used:
    """Processor seconds so far of each group, named by the process that started it; this process is the generator."""
    seconds = {name: _family(pid) for name, pid in groups.items() if pid}
    seconds["generator"] = sum(os.times()[:2])
    web = groups.get("web")
    return Used(seconds, {pid: _own(pid) for pid in children(web)} if web else {})


def children(pid: int) -> list[int]:
    """The living processes that a process started itself."""
    found = []
    # A process may end while it is looked at.
    with contextlib.suppress(OSError):
        for thread in _PROC.glob(f"{pid}/task/*/children"):
            with contextlib.suppress(OSError):
                found += [int(one) for one in thread.read_text().split()]
    return found


def memory(pids: Iterable[int]) -> dict[int, float]:
    """MiB of each process, shared pages counted by their share (PSS)."""
    return {pid: size for pid in pids if (size := _pss(pid))}


def machine(database: str) -> dict[str, str]:
    """What the figures were measured on; no host, no path."""
    kilobytes = int(_first(_PROC / "meminfo", r"MemTotal:\s*(\d+)") or 0)
    return {
        "processor": _first(_PROC / "cpuinfo", r"model name\s*:\s*(.+)"),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory_gib": f"{kilobytes / 1048576:.0f}",
        "python": f"{platform.python_version()} ({_build()})",
        **_of_database(database),
    }


def _build() -> str:
    """How this Python was compiled: a plain build draws a page half as slowly again as one with profile guidance."""
    if sys.base_prefix == "/usr":
        return "the distribution's"
    return (
        "optimised"
        if "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
        else "a plain build"
    )


def _of_database(address: str) -> dict[str, str]:
    with psycopg.connect(address, autocommit=True) as line:
        names = ("server_version", *DURABILITY, *SIZES)
        told = {name: line.execute(f"SHOW {name}").fetchone() for name in names}
    return {name: value[0] for name, value in told.items() if value}


def _own(pid: int) -> float:
    times = _times(pid)
    return times[0] + times[1]


def _family(pid: int) -> float:
    """A process, all it started that still lives, and all it has seen end."""
    return sum(_times(pid)) + sum(_family(child) for child in children(pid))


def _times(pid: int) -> tuple[float, float, float, float]:
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return (0.0, 0.0, 0.0, 0.0)
    user, system, ended_user, ended_system = (int(one) / _TICK for one in fields[11:15])
    return user, system, ended_user, ended_system


def _pss(pid: int) -> float:
    return int(_first(_PROC / str(pid) / "smaps_rollup", r"Pss:\s*(\d+)") or 0) / 1024


def _first(file: Path, pattern: str) -> str:
    with contextlib.suppress(OSError):
        found = re.search(pattern, file.read_text(encoding="utf-8"))
        return found[1].strip() if found else ""
    return ""
