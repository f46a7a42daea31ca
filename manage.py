"""Run one of the project's commands: `.venv/bin/python manage.py <command>`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def load_env(path: Path) -> None:
    """Put the KEY=VALUE lines of `path` into the environment; what is already set stays.

    Both addresses of a server belong together: one set from outside is never paired with one from the file.
    """
    foreign = {"DATABASE_URL", "DATABASE_OWNER_URL"} if os.environ.get("DATABASE_URL") else set()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        key, separator, value = line.partition("=")
        if separator and not key.lstrip().startswith("#") and key.strip() not in foreign:
            os.environ.setdefault(key.strip(), value.strip())


def main() -> None:
    load_env(ROOT / "var" / "env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
