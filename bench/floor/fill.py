"""`python -m bench.floor.fill USERNAME`: the tables of the bare site, and one account, its password in the environment."""

import os
import sys

PASSWORD = "BENCH_FLOOR_PASSWORD"  # nosec B105 - the name of a variable


def main() -> None:
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    get_user_model().objects.create_user(sys.argv[1], password=os.environ[PASSWORD])


if __name__ == "__main__":
    main()
