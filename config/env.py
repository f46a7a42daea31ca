"""The environment, typed: every variable that the product reads stands here and nowhere else.

``var/env`` (made by the first start, mode 0600) fills in what the environment does not set.
"""

import base64
import json
import os
import re
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
_env = environ.Env()
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
DATABASE = _env.db_url("DATABASE_URL")
OWNER_DATABASE = _env.db_url("DATABASE_OWNER_URL", default=_env.str("DATABASE_URL"))
FILES = Path(_env.str("YIMEN_FILES", default=str(ROOT / "var" / "files")))
CARD_READER = _env.str("YIMEN_CARD_READER", default="")  # http://127.0.0.1:PORT on the window's own computer
CARD_READER_KIND = _env.str("YIMEN_CARD_READER_KIND", default="yimen")
if CARD_READER and not re.fullmatch(r"http://(127\.0\.0\.1|localhost):[0-9]{2,5}", CARD_READER):
    raise ValueError(
        "YIMEN_CARD_READER is http://127.0.0.1:PORT: a reader's service runs on the window's own computer"
    )
METRICS_TOKEN = _env.str("YIMEN_METRICS_TOKEN", default="")  # who brings it may read /metrics; none: nobody
SITE = _env.str("YIMEN_SITE", default="")  # folder with the street's own definitions
FIELD_KEYS = {
    int(name.removeprefix("k")): base64.b64decode(key)[:16].hex()
    for name, key in json.loads(_env.str("YIMEN_FIELD_KEYS")).items()
}
INDEX_KEYS = {1: base64.b64decode(_env.str("YIMEN_INDEX_KEY")).hex()}
SEAL_KEY = (_env.str("YIMEN_SEAL_KEY_ID", default="s1"), base64.b64decode(_env.str("YIMEN_SEAL_KEY")))
