"""`make reset`: empty the database and load the demo street anew; the keys stay."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house, install, postgres, steps
from tools.house import Stop


def empty(env: dict[str, str]) -> None:
    """Drop everything in the database and leave it as a new one: the owner's schema, usable by the app."""
    import psycopg
    from psycopg import sql

    from tools.backups import database, keeping

    app = psycopg.conninfo.conninfo_to_dict(env["DATABASE_URL"])["user"]
    with psycopg.connect(env["DATABASE_OWNER_URL"]) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(str(app))))
    store = Path(env.get("YIMEN_FILES", str(house.VAR / "files")))
    keeping.heads_file(store, database.name_in(env["DATABASE_OWNER_URL"])).unlink(missing_ok=True)


def main() -> None:
    """The command line."""
    install.install(*install.needed())
    house.into_venv()
    with house.only_one(
        "run",
        wait=0.5,
        else_say=Stop(
            "The product is running: stop `make run` first, then reset.",
            "系统正在运行：请先停止 make run，再重置。",
        ),
    ):
        reset()


def reset() -> None:
    """Start the server when it does not run, empty it, fill it, and leave it as it was found."""
    server = postgres.dev_server()
    started = False
    if postgres.external():
        postgres.require_external()
    else:
        started = server.start()
    try:
        env = steps.environment(server)
        empty(env)
        steps.prepare(env)
        print("Done. 已重置。")
    finally:
        if started:
            server.stop()


if __name__ == "__main__":
    house.run_tool(main)
