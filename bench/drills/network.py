"""Hosts on one machine (主机): each a network of its own with an address, and no more of a processor than it is given.

By network namespaces and the cpu controller of cgroups (first version), which needs root and Linux.
"""

import contextlib
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.house import Stop

NETWORK = "10.213.7"
HOME = f"{NETWORK}.1"
_BRIDGE = "yimen-drill"
_CPU = Path("/sys/fs/cgroup/cpu")
_PERIOD = 100_000
_FIRST = 8192  # eight times the weight of another program


@dataclass(frozen=True)
class Host:
    """One host: its address in the network, and the group that holds its processes down."""

    name: str
    address: str

    @property
    def group(self) -> Path:
        return _CPU / f"yimen-drill-{self.name}"

    def limit(self, cores: float) -> None:
        """No more than so much of a processor, and that much also where others want it."""
        told = {"cpu.cfs_period_us": _PERIOD, "cpu.cfs_quota_us": int(cores * _PERIOD), "cpu.shares": _FIRST}
        for name, value in told.items():
            (self.group / name).write_text(str(value))

    def held(self) -> tuple[int, int]:
        """In how many periods so far it was at work, and in how many of them it was held down."""
        told = dict(line.split() for line in (self.group / "cpu.stat").read_text().splitlines())
        return int(told["nr_periods"]), int(told["nr_throttled"])

    def run(self, command: list[str]) -> list[str]:
        """The command as this host runs it."""
        join = 'echo $$ > "$0" && exec "$@"'
        inside = ["ip", "netns", "exec", _space(self.name)]
        return ["sh", "-c", join, str(self.group / "cgroup.procs"), *inside, *command]


@contextlib.contextmanager
def hosts(names: Sequence[str]) -> Iterator[list[Host]]:
    """So many hosts, not limited yet; `HOME` is where they find the database."""
    made = [Host(name, f"{NETWORK}.{10 + place}") for place, name in enumerate(names)]
    _remove(made)
    try:
        _ip("link", "add", _BRIDGE, "type", "bridge")
        _ip("addr", "add", f"{HOME}/24", "dev", _BRIDGE)
        _ip("link", "set", _BRIDGE, "up")
        for place, host in enumerate(made):
            space, here, there = _space(host.name), f"yimen-d{place}", f"yimen-d{place}p"
            _ip("netns", "add", space)
            _ip("link", "add", here, "type", "veth", "peer", "name", there)
            _ip("link", "set", here, "master", _BRIDGE, "up")
            _ip("link", "set", there, "netns", space)
            _ip("-n", space, "addr", "add", f"{host.address}/24", "dev", there)
            _ip("-n", space, "link", "set", there, "up")
            _ip("-n", space, "link", "set", "lo", "up")
            host.group.mkdir()
        yield made
    except OSError as fault:
        raise Stop(
            f"This drill makes hosts by network namespaces and cgroups: run it as root ({fault}).",
            "此演练用网络命名空间和 cgroup 模拟主机：请以 root 运行。",
        ) from fault
    finally:
        _remove(made)


def _space(name: str) -> str:
    return f"yimen-drill-{name}"


def _remove(made: Sequence[Host]) -> None:
    for host in made:
        _ip("netns", "del", _space(host.name), must=False)
        with contextlib.suppress(OSError):
            host.group.rmdir()
    _ip("link", "del", _BRIDGE, must=False)


def _ip(*arguments: str, must: bool = True) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    if must and done.returncode:
        raise OSError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
