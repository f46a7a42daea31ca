"""How gunicorn serves the product everywhere: `gunicorn -c config/gunicorn.py config.wsgi --bind …`."""

import json
import re
from typing import Any

from gunicorn.glogging import Logger

_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONGEST = 24


class AccessLog(Logger):
    """One line of JSON for each answer: when, from where, which page, how it ended and how long it took.

    Never what was looked for: an address carries names after its question mark, and a link that needs no account carries
    its secret as a long part. Sources: PIPL Art 51, GB/T 22239-2019 8.1.4.
    """

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        facts = {
            "at": self.now().strip("[]"),
            "from": environ.get("REMOTE_ADDR", ""),
            "method": environ.get("REQUEST_METHOD", ""),
            "page": page_of(environ.get("PATH_INFO", "")),
            "status": resp.status_code,
            "bytes": resp.sent,
            "ms": round(request_time.total_seconds() * 1000),
        }
        self.access_log.info("%s", json.dumps(facts))


def page_of(path: str) -> str:
    """The path as it may stand in a log: ids of records stay, other long parts do not."""
    parts = path.split("/")
    return "/".join(part if len(part) <= _LONGEST or _UUID.fullmatch(part) else "…" for part in parts)


worker_class = "gthread"
workers = 2
threads = 4
accesslog = "-"
logger_class = AccessLog
control_socket_disable = True
