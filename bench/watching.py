"""What a page does inside: its statements as the database got them, and where its time went.

Only under ``bench.watched``, and only for a request that asks for it by the header ``X-Watch``.
"""

import cProfile
import json
import os
import pstats
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.http import HttpRequest, HttpResponse

FOLDER = "YIMEN_BENCH_WATCH"
STATEMENTS, PROFILE = "statements", "profile"
_HEADER = "X-Watch"


class WatchingMiddleware:
    """Writes ``statements.jsonl`` (one line a statement) or ``profile`` (for pstats) into the folder of FOLDER."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.folder = Path(os.environ[FOLDER])
        self.profile: pstats.Stats | None = None
        self.lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match request.headers.get(_HEADER):
            case "statements":
                with connection.execute_wrapper(self._written):
                    return self.get_response(request)
            case "profile":
                return self._profiled(request)
        return self.get_response(request)

    def _written(self, execute: Callable[..., Any], text: str, given: Any, many: bool, context: Any) -> Any:
        answer = execute(text, given, many, context)
        cursor = context["cursor"].cursor
        rows = []
        if cursor.description and cursor.rownumber == 0:
            rows = cursor.fetchall()
            if rows:
                cursor.scroll(0, "absolute")
        names = [column.name for column in cursor.description or ()]
        line = {
            "statement": psycopg.ClientCursor(cursor.connection).mogrify(text, given),
            "columns": names,
            "rows": [[str(value) for value in row] for row in rows[:20]],
        }
        with (self.folder / f"{STATEMENTS}.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        return answer

    def _profiled(self, request: HttpRequest) -> HttpResponse:
        with self.lock:
            watch = cProfile.Profile()
            response = watch.runcall(self.get_response, request)
            if self.profile is None:
                self.profile = pstats.Stats(watch)
            else:
                self.profile.add(watch)
            self.profile.dump_stats(self.folder / PROFILE)
        return response
