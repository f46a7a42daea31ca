"""The environment, typed: every variable that the product reads stands here and nowhere else.

``var/env`` (made by the first start, mode 0600) fills in what the environment does not set.
"""

import base64
import json
import os
import re
from pathlib import Path
from typing import Any

import environ

ROOT = Path(__file__).resolve().parent.parent
_env = environ.Env()
_SEVERAL = re.compile(r"(\w+://(?:[^/?]*@)?)([^/?@]+,[^/?@]+)(.*)")
_TOLD_WHICH_DATABASE = "DATABASE_URL" in os.environ
if (ROOT / "var" / "env").is_file():
    owner = os.environ.get("DATABASE_OWNER_URL")
    _env.read_env(ROOT / "var" / "env")
    if _TOLD_WHICH_DATABASE and owner is None:
        # The file's owner belongs to the file's own server, not to the one that was named.
        os.environ.pop("DATABASE_OWNER_URL", None)

DEBUG = _env.bool("YIMEN_DEBUG", default=False)
SECRET_KEY = _env.str("YIMEN_SECRET_KEY")
ALLOWED_HOSTS = _env.list("YIMEN_HOSTS", default=["127.0.0.1", "localhost"])
SECURE = _env.bool("YIMEN_TLS", default=False)  # behind TLS: secure cookies, HSTS


def database(url: str) -> dict[str, Any]:
    """The database that an address names, with several hosts where it names several.

    ``postgres://role:password@one:5432,two:5432/yimen?target_session_attrs=read-write``: of these the one that takes writes,
    which is another one after a failover.
    """
    several = _SEVERAL.fullmatch(url)
    if not several:
        return environ.Env.db_url_config(url)
    before, hosts, after = several.groups()
    places = [environ.Env.db_url_config(f"{before}{host}{after}") for host in hosts.split(",")]
    return places[0] | {name: ",".join(str(one[name]) for one in places) for name in ("HOST", "PORT")}


DATABASE = database(_env.str("DATABASE_URL"))
OWNER_DATABASE = database(_env.str("DATABASE_OWNER_URL", default=_env.str("DATABASE_URL")))
FILES = Path(_env.str("YIMEN_FILES", default=str(ROOT / "var" / "files")))
CARD_READER = _env.str("YIMEN_CARD_READER", default="")  # http://127.0.0.1:PORT on the window's own computer
CARD_READER_KIND = _env.str("YIMEN_CARD_READER_KIND", default="yimen")
if CARD_READER and not re.fullmatch(r"http://(127\.0\.0\.1|localhost):[0-9]{2,5}", CARD_READER):
    raise ValueError(
        "YIMEN_CARD_READER is http://127.0.0.1:PORT: a reader's service runs on the window's own computer"
    )
METRICS_TOKEN = _env.str("YIMEN_METRICS_TOKEN", default="")  # who brings it may read /metrics; none: nobody
# Other systems by which one may come in, with their secrets: docs/how-to/sign-in-by-another-system.md
PARTNERS = json.loads(_env.str("YIMEN_PARTNERS", default="[]"))
# Other systems that sign in by this one, and the keys that sign what they are told: the same page
APPLICATIONS = json.loads(_env.str("YIMEN_APPLICATIONS", default="[]"))
SIGNING_KEYS = json.loads(_env.str("YIMEN_SIGNING_KEYS", default="[]"))
# Roles that ask for a second factor are let in without: for trying out, never where real residents are.
SECOND_FACTOR_WAIVED = _env.bool("YIMEN_SECOND_FACTOR_WAIVED", default=False)
SIDE = _env.str("YIMEN_SIDE", default="")  # "resident": this process serves residents alone; "": everybody
if SIDE not in ("", "resident"):
    raise ValueError(
        'YIMEN_SIDE is "resident" for a process that serves residents alone, and empty otherwise'
    )
# Where residents' phones reach us, for codes and links that are printed: https://yimen.example.org, nothing behind it.
PUBLIC_URL = _env.str("YIMEN_PUBLIC_URL", default="").rstrip("/")
if PUBLIC_URL and not re.fullmatch(r"https?://([\w.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?", PUBLIC_URL):
    raise ValueError(
        "YIMEN_PUBLIC_URL is https:// and a name, with a port where it needs one, and nothing behind it"
    )
SITE = _env.str("YIMEN_SITE", default="")  # folder with the street's own definitions


def _keys(told: str) -> dict[int, str]:
    """Of ``{"k2": "aes:<base64>", "k1": "<base64>"}`` numbers and hexadecimal keys, before them the algorithms if named."""
    keys = {}
    for name, key in json.loads(told).items():
        suite, named, secret = key.rpartition(":")
        keys[int(name.removeprefix("k"))] = suite + named + base64.b64decode(secret).hex()
    return keys


# The first one is used for what is new, every one is understood; SM4 works with 16 bytes.
FIELD_KEYS = {
    number: key if key.startswith("aes:") else key.removeprefix("sm:")[:32]
    for number, key in _keys(_env.str("YIMEN_FIELD_KEYS")).items()
}
# One key, or several of them by number while it is being changed.
_INDEX = _env.str("YIMEN_INDEX_KEY")
INDEX_KEYS = _keys(_INDEX if _INDEX.startswith("{") else json.dumps({"k1": _INDEX}))
SEAL_KEY = (_env.str("YIMEN_SEAL_KEY_ID", default="s1"), base64.b64decode(_env.str("YIMEN_SEAL_KEY")))
