"""How gunicorn serves the product everywhere: `gunicorn -c config/gunicorn.py config.wsgi --bind …`."""

import gc
import sys
from typing import Any

from gunicorn.glogging import Logger

from config.logs import Lines, page_of


class OurLogger(Logger):
    """One line of JSON for each answer (访问日志): when, from where, which page, how it ended and how long it took.

    Never what was looked for: an address carries names after its question mark, and a link that needs no account carries
    its secret as a part. What the server says about itself is told in the same form.
    """

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(Lines())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        answer = {
            "from": environ.get("REMOTE_ADDR", ""),
            "method": environ.get("REQUEST_METHOD", ""),
            "page": page_of(environ.get("PATH_INFO", "")),
            "status": resp.status_code,
            "bytes": resp.sent,
            "ms": round(request_time.total_seconds() * 1000),
        }
        self.access_log.info("answered", extra={"answer": answer})


worker_class = "gthread"
workers = 2
threads = 4
accesslog = "-"
logger_class = OurLogger
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """A page takes some milliseconds to draw: a thread that draws one is not interrupted for the sake of another.

    Nothing that is loaded now dies again: collections among it would find nothing and take half a second of the start.
    """
    sys.setswitchinterval(0.02)
    gc.disable()


def post_worker_init(worker: Any) -> None:
    """What the product itself consists of never dies: no collection walks over it again."""
    gc.collect()
    gc.freeze()
    gc.enable()
