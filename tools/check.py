"""`make check`: run every linter and contract, all of them even when one finds something."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools import house, install, test
from tools.house import PYTHON, ROOT


def steps() -> dict[str, list[str]]:
    """Name and command of every step."""
    python = str(PYTHON)
    bin_ = PYTHON.parent
    return {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "import contracts": [str(bin_ / "lint-imports"), "--no-cache"],
        "templates": [python, "-m", "djlint", "yimen", "--lint", "--quiet"],
        "bandit": [
            python,
            "-m",
            "bandit",
            "-c",
            "pyproject.toml",
            "-q",
            "-ll",
            "-r",
            "config",
            "tools",
            "yimen",
        ],
        "locks": [python, "tools/no_hosts.py"],
        "django check": [python, "manage.py", "check", "--fail-level", "WARNING"],
        "rules as pages": [python, "manage.py", "write_rules_docs", "--check"],
        "migrations": [python, "manage.py", "makemigrations", "--check", "--dry-run"],
    }


def main() -> int:
    """The command line."""
    install.install(*install.needed("test", "dev"))
    house.into_venv()
    failed = []
    with test.held_server() as env:
        for name, command in steps().items():
            done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
            print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}", flush=True)
            if done.returncode:
                print(done.stdout + done.stderr, flush=True)
                failed.append(name)
    if failed:
        print(f"{len(failed)} of {len(steps())} checks failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    house.run_tool(main)
