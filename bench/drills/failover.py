"""Failover (数据库切换): the database dies amid acceptances, its replica is promoted, and work goes on there."""

import contextlib
import subprocess
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg

from bench.drills import reckoning
from bench.drills.crew import crew
from bench.drills.keeper import Keeper
from bench.drills.report import Section
from bench.drills.stage import Stage, stage
from bench.drills.window import together
from tools import house
from tools.house import Stop
from tools.postgres import Server, free_port
from tools.postgres_folder import OWNER

NAME, REPLICA = "failover", "replica"
BEFORE, AFTER = 60, 60
# How long somebody needs to notice and decide: nothing promotes by itself.
AWAY = 8.0
SPEAKS = {"503 数据库正在恢复"}
# A commit is answered when the replica has it and shows it.
AT_ONCE = {"synchronous_standby_names": REPLICA, "synchronous_commit": "remote_apply"}
FOLLOWS_WITHIN = 60.0


def run() -> Section:
    """Accept, kill the primary, promote the replica, accept; then count on the replica."""
    section = Section(
        "failover",
        "数据库切换：受理期间强制终止主库，备库（流复制，remote_apply）提升为主库；网页和后台凭多主机连接串自己找过去",
    )
    with _pair() as (on, replica), Keeper(on.product) as keeper:
        before = set(on.product.pids("web"))
        with on.product.owner() as owner:
            since, old = reckoning.marks(owner), owner.info.port
        with crew(on, 6, within=900) as people:
            people.await_answers(BEFORE)
            on.product.server.kill()
            time.sleep(AWAY)
            answered = people.answered()
            with psycopg.connect(replica.environment()["DATABASE_OWNER_URL"], autocommit=True) as line:
                line.execute("SELECT pg_promote(true, 60)")
            seconds = people.await_more(1)
            people.await_answers(answered + AFTER)
        drained = reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, people.asked)
            section.must(owner.info.port != old, "still on the old database")
        section.wrong += found.wrong
        section.must(before == set(on.product.pids("web")), "the web server was not the same afterwards")
        others = set().union(*(window.told for window in people.windows)) - SPEAKS
        section.must(not others, f"pages said something else: {sorted(others)}")
        section.must(not sum(window.seen[0] for window in people.windows), "somebody got no answer at all")
        section.prove(on.product, "verify_trail", "prove_numbers")
        section.figures |= {
            "answered before the primary died, and after": f"{answered}, {people.answered() - answered}",
            "seconds without a database until the replica was promoted": AWAY,
            "seconds from the promotion to the next acceptance": seconds,
            **found.figures(),
            **together(people.windows),
            "worker ended by itself and was started again": keeper.ended_by_itself["worker"],
            "seconds until no job waited": round(drained, 1),
        }
    return section


@contextlib.contextmanager
def _pair() -> Iterator[tuple[Stage, Server]]:
    """An installation at work on a primary, and a replica that follows it; nothing of both is left afterwards."""
    with stage(NAME, running=False, idle=True) as on:
        product = on.product
        product.server.stop()
        replica = _replica(product.server)
        try:
            # The first commit waits for the replica, so nothing may be written before it follows.
            product.server.settings |= AT_ONCE
            product.server.start()
            replica.start()
            _await_following(product.server)
            product.also(**_addresses(product.server, replica))
            for name in ("web", "worker"):
                product.start(name)
            product.await_health()
            yield on, replica
        finally:
            product.processes.end()
            replica.stop()
    product.remove()


def _replica(primary: Server) -> Server:
    """A copy of the primary at rest, told to follow it."""
    folder = primary.data.parent / REPLICA
    made = Server(f"{NAME}-{REPLICA}", folder=folder, settings=dict(primary.settings))
    told = house.read_env(primary.env_file)
    place = urlsplit(told["DATABASE_OWNER_URL"])
    # Nobody signs in as the superuser: what needs it is said to the server at rest.
    primary.at_rest(
        f"ALTER ROLE {OWNER} REPLICATION",
        f"GRANT pg_monitor TO {OWNER}",
        f"GRANT EXECUTE ON FUNCTION pg_promote(boolean, integer) TO {OWNER}",
    )
    with (primary.data / "pg_hba.conf").open("a") as rules:
        rules.write(f"host replication {OWNER} 127.0.0.1/32 scram-sha-256\n")
    folder.mkdir()
    subprocess.run(["cp", "-a", str(primary.data), str(made.data)], check=True)
    follows = (
        f"host=127.0.0.1 port={place.port} user={OWNER} password={place.password} application_name={REPLICA}"
    )
    with (made.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"primary_conninfo = '{follows}'\n")
    (made.data / "standby.signal").touch()
    port = str(free_port())
    moved = {name: value.replace(f":{place.port}/", f":{port}/") for name, value in told.items()}
    house.write_env(made.env_file, moved)
    return made


def _await_following(primary: Server) -> None:
    until = time.monotonic() + FOLLOWS_WITHIN
    while time.monotonic() < until:
        with psycopg.connect(primary.environment()["DATABASE_OWNER_URL"], autocommit=True) as line:
            if line.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone():
                return
        time.sleep(0.2)
    raise Stop("The replica does not follow.", "备库没有跟上。")


def _addresses(primary: Server, replica: Server) -> dict[str, str]:
    """Both places in each address; of the two the one that takes writes."""
    places = [urlsplit(one.environment()["DATABASE_URL"]).port for one in (primary, replica)]
    hosts = ",".join(f"127.0.0.1:{place}" for place in places)
    return {
        name: f"{told.split('@')[0]}@{hosts}{urlsplit(told).path}?target_session_attrs=read-write"
        for name, told in primary.environment().items()
        if name in house.DATABASE_KEYS
    }
