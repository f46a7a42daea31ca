"""`make run`: install, build, start the database, the web server and the job worker, and stop them together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house, install, postgres, processes, steps
from tools.house import ROOT, VAR, Stop

if TYPE_CHECKING:  # it needs a package, and this file is read before any is installed
    from tools.certificates import Papers

READY_WITHIN = 90.0
RESTARTS = 3


def chosen_names() -> list[str]:
    """The names and addresses from TLS under which the building reaches us; none: this machine only, without TLS."""
    return [name for name in os.environ.get("TLS", "").replace(",", " ").split() if name]


def chosen_port() -> int:
    """The port from PORT, by default 8000, and 8443 with TLS; it must be free."""
    return _free_port("PORT", os.environ.get("PORT") or ("8443" if chosen_names() else "8000"))


def residents_port() -> int | None:
    """The port from RESIDENTS_PORT, on which a process of its own serves residents alone; None without one."""
    text = os.environ.get("RESIDENTS_PORT", "")
    return _free_port("RESIDENTS_PORT", text) if text else None


def _free_port(name: str, text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(
            f"{name}={text} is no port: choose a number from 1024 to 65535.",
            f"{name}={text} 无效：请用 1024 到 65535。",
        )
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Stop(
                f"Port {port} is reserved for root: choose another one with {name}=8001 make run.",
                f"端口 {port} 仅限 root：请用 {name}=8001 make run 换一个端口。",
            ) from None
        except OSError:
            other = port + 1 if port < 65535 else 8000
            raise Stop(
                f"Port {port} is taken: stop the program that uses it, or run {name}={other} make run.",
                f"端口 {port} 已被占用：请停止占用它的程序，或运行 {name}={other} make run。",
            ) from None
    return port


class Told(KeyboardInterrupt):
    """A signal asked us to stop."""


def told(*_: object) -> None:
    """Turn a signal into an exception, so that every `finally` on the way out runs."""
    raise Told


class Supervisor:
    """Starts the processes of one run and ends every one of them, whatever happens."""

    def __init__(self, port: int, names: Sequence[str] = (), residents: int | None = None) -> None:
        """``names`` under which the building reaches us with TLS; without them only this machine does. On the port ``residents``
        a process of its own serves them, and no page of the staff.
        """
        self.port = port
        self.residents = residents
        self.names = tuple(names)
        self.tls: Papers | None = None
        self.server = postgres.dev_server()
        self.started_database = False
        self.restarts: dict[str, list[float]] = {"database": [], "worker": []}
        self.processes = processes.Processes(VAR)

    def run(self) -> None:
        """Bring everything up and watch it until told to stop."""
        try:
            self._bring_up()
            while True:
                time.sleep(0.5)
                self._look()
        except Told:
            print("\nStopping… 正在停止…", flush=True)
        finally:
            # A second Ctrl-C must not leave half of it running.
            for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(sign, signal.SIG_IGN)
            self._stop()

    def _bring_up(self) -> None:
        if postgres.external():
            postgres.require_external()
        else:
            print("Starting PostgreSQL… 正在启动 PostgreSQL…", flush=True)
            # Said before the call: a signal in the middle of it must still stop the server.
            self.started_database = self.server.pid() is None
            self.started_database = self.server.start() or self.started_database
        env = steps.environment(self.server) | {"PORT": str(self.port)} | self._papers()
        steps.prepare(env, "--if-empty")
        self.processes.env = env
        for name in self._servers():
            self._start(name)
        self._await_health()
        self._greet()

    def _papers(self) -> dict[str, str]:
        """Papers for TLS when names were told, and what the product must know of it."""
        if not self.names:
            return {}
        from tools import certificates

        self.tls = certificates.papers(VAR / "tls", self.names)
        hosts = ",".join(dict.fromkeys([*self.names, *certificates.LOCAL]))
        return {"YIMEN_TLS": "true", "YIMEN_HOSTS": hosts}

    def _servers(self) -> tuple[str, ...]:
        return ("web", "residents", "worker") if self.residents else ("web", "worker")

    def _start(self, name: str) -> None:
        if name == "residents":
            self.processes.start(name, processes.web(self.residents, self.tls), YIMEN_SIDE="resident")
        else:
            command = processes.web(self.port, self.tls) if name == "web" else processes.worker()
            self.processes.start(name, command)

    def _await_health(self) -> None:
        status = processes.await_health(self.port, within=READY_WITHIN, look=self._look, tls=self.tls)
        if status != 200:
            raise Stop(
                f"The product did not become healthy within {READY_WITHIN:.0f} seconds (/healthz: {status}): "
                f"see {VAR / 'web.log'} and {VAR / 'worker.log'}.",
                f"系统在 {READY_WITHIN:.0f} 秒内未就绪：请查看 {VAR / 'web.log'} 和 {VAR / 'worker.log'}。",
            )

    def _greet(self) -> None:
        subprocess.run(processes.manage("demo_logins"), cwd=ROOT, env=self.processes.env, check=False)
        addresses = [f"https://{name}:{self.port}/" for name in self.names] or [
            f"http://127.0.0.1:{self.port}/"
        ]
        print(f"\nYimen 一门: {' '.join(addresses)}   (Ctrl-C stops it · 按 Ctrl-C 停止)", flush=True)
        if self.residents:
            print(f"Residents alone 居民端: the same with :{self.residents}", flush=True)
        if self.tls:
            print(
                f"Each computer must trust {self.tls.authority} once. 各电脑请先安装信任该根证书（只需一次）。",
                flush=True,
            )

    def _look(self) -> None:
        """See that everything still runs; a killed database is started again, anything else ends the run."""
        if self.processes.children and not postgres.external() and self.server.pid() is None:
            self._restart_database()
            return
        if (name := self.processes.ended()) is None:
            return
        # The worker notices a dying database a moment before we do.
        time.sleep(1)
        if not postgres.external() and self.server.pid() is None:
            self._restart_database()
            return
        if name == "worker" and self._may_restart("worker"):
            # It ends when its line to a database that is not ours breaks, and takes up its work where it was.
            print("The job worker ended; starting it again. 后台任务已退出，正在重新启动。", flush=True)
            self.processes.end("worker", within=1)
            self._start("worker")
            return
        what = {"web": "web server", "residents": "residents' web server", "worker": "job worker"}[name]
        who = {"web": "网页服务", "residents": "居民端网页服务", "worker": "后台任务"}[name]
        raise Stop(
            f"The {what} ended by itself (code {self.processes.children[name].returncode}), so everything was stopped: "
            f"see {VAR / f'{name}.log'} and run again.",
            f"{who}意外退出，已全部停止：请查看 {VAR / f'{name}.log'} 后重新运行。",
        )

    def _restart_database(self) -> None:
        if not self._may_restart("database"):
            raise Stop(
                f"The database keeps ending, so everything was stopped: see {self.server.log} and run again.",
                f"数据库反复退出，已全部停止：请查看 {self.server.log} 后重新运行。",
            )
        print("The database was killed; starting it again. 数据库被终止，正在重新启动。", flush=True)
        self.started_database = True
        self.server.start()
        fresh = {
            key: value for key, value in steps.environment(self.server).items() if key in house.DATABASE_KEYS
        }
        env = self.processes.env
        moved = any(env.get(key) != value for key, value in fresh.items())
        env |= fresh
        # The worker holds one connection for good; the web server makes new ones, unless the port changed.
        for name in self._servers() if moved else ("worker",):
            self.processes.end(name, within=3)
            self._start(name)
        print("It runs again. 数据库已恢复。", flush=True)

    def _may_restart(self, name: str) -> bool:
        """Not for ever: what ends again and again within a minute needs somebody to look."""
        now = time.monotonic()
        self.restarts[name] = [moment for moment in self.restarts[name] if now - moment < 60] + [now]
        return len(self.restarts[name]) <= RESTARTS

    def _stop(self) -> None:
        self.processes.end("worker", "residents", "web")
        if self.started_database:
            self.server.stop()


def main() -> None:
    """Install under the Python that was called, then supervise under the project's own."""
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, told)
    port, residents = chosen_port(), residents_port()
    if residents == port:
        raise Stop(
            f"PORT and RESIDENTS_PORT are both {port}: each needs its own.",
            f"PORT 和 RESIDENTS_PORT 都是 {port}：请分开。",
        )
    install.install(*install.needed())
    house.into_venv()
    with house.only_one(
        "run",
        wait=0.5,
        else_say=Stop(
            "The product already runs from this folder: use it, or stop it with Ctrl-C first.",
            "系统已从此目录启动：请直接使用，或先按 Ctrl-C 停止。",
        ),
    ):
        Supervisor(port, chosen_names(), residents).run()


if __name__ == "__main__":
    house.run_tool(main)
