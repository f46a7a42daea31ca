"""The command line: `python -m bench.drills kill restart … [--write-docs]`."""

import argparse
import importlib
import signal

from tools import house
from tools.run import told

SHORT = ("kill", "restart", "slow", "pair", "disk", "clock", "hosts", "failover", "keys")
ALL = (*SHORT, "hour")


def main() -> int:
    """Run drills by name, the short ones when none is named; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*ALL, []], help=", ".join(ALL))
    parser.add_argument(
        "--write-docs", action="store_true", help="put what was seen into docs/bench/drills.md"
    )
    chosen = parser.parse_args()
    # However it is ended, what it started must not be left behind.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, told)
    code = 0
    for name in chosen.names or SHORT:
        print(f"{name} …", flush=True)
        section = importlib.import_module(f"bench.drills.{name}").run()
        print(section.text(), flush=True)
        if chosen.write_docs:
            section.write()
        code |= bool(section.wrong)
    return code


if __name__ == "__main__":
    house.run_tool(main)
