"""A hall with a long line, and a clerk who calls: `python -m bench.counters URL CALLS DAYS`, told as JSON."""

import http.client
import json
import re
import sys
import time
import urllib.parse
from datetime import date, datetime
from typing import Any

AREA, STREET = "330212007001", "330212007"
WARM, EACH_DAY = 20, 200


def main() -> None:
    """Prepare, call over HTTP, call by the operation, and look whether every number was called once."""
    import django

    django.setup()
    from django.utils import timezone

    from yimen.foundations.access import api as access
    from yimen.foundations.bus.api import act_as
    from yimen.kernel.actor import system_actor
    from yimen.kernel.clock import day_of
    from yimen.work.bookings import api as bookings

    url, calls, days = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    system, now = system_actor("bench"), timezone.now()
    today, faults = day_of(now), []
    with act_as(system, on=today):
        word = access.first_password(username="caller", name="量叫号")
        hall = _hall(system, now, word)
    behind = _mornings(hall, today, days)
    with act_as(system, on=today):
        for number in range(2 * (calls + WARM)):
            bookings.take_ticket(
                by=system, at=now, hall=hall, name="王", said=["elder"] if number % 5 == 0 else []
            )
    _tell(step="ready")
    page = _by_page(url, word, hall, calls + WARM)[WARM:]
    _tell(step="page", times=page)
    alone: list[float] = []
    for _ in range(calls + WARM):
        begun = time.perf_counter()
        with act_as(system, on=today):
            bookings.call_next(by=system, at=timezone.now(), hall=hall, counter=2)
        alone.append(time.perf_counter() - begun)
    with act_as(system, on=today):
        found = bookings.get_hall(hall, by=system)
        standing = bookings.standing(found, by=system, on=today)
        everybody = bookings.figures(found, today, today, by=system)[0]
    if standing.waiting or everybody.served != 2 * (calls + WARM) - 2:
        faults.append(f"{standing.waiting} were left out, {everybody.served} served")
    _tell(step="operation", times=alone[WARM:], behind=behind, line=2 * (calls + WARM), faults=faults)


def _tell(**said: Any) -> None:
    print(json.dumps(said), flush=True)


def _hall(by: Any, at: datetime, word: str) -> Any:
    from yimen.foundations.access import api as access
    from yimen.kernel.clock import day_of
    from yimen.registers.places import api as places
    from yimen.work.bookings import api as bookings

    told = {"by": by, "at": at}
    rows = [places.AreaRow(*one) for one in (("330212", "演示区"), (STREET, "演示街道"), (AREA, "演示社区"))]
    places.import_areas(**told, since=date(2015, 1, 1), rows=rows)
    site = places.open_site(
        **told,
        area=AREA,
        name="演示服务站",
        kind="community_station",
        address="演示路 1 号",
        since=day_of(at),
    )
    made = access.create_account(
        **told, username="caller", name="量叫号", password=word, area=AREA, must_change=False
    )
    access.grant_role(**told, account=made.public_id, role="window_clerk", area=AREA, since=day_of(at))
    return bookings.open_hall(**told, site=site.public_id, counters=2, shows=bookings.Shows.NAMES).public_id


def _mornings(hall: Any, today: date, days: int) -> int:
    """Tickets of days that are over, written at once: how they were called is no matter here, only that they lie there."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(_BEHIND, [EACH_DAY, today, days, str(hall)])
        return cursor.rowcount


_BEHIND = """
INSERT INTO bookings_ticket (
  public_id, hall_id, area, day, number, state, goes_first, shown, about, place, waits_from, taken_at, taken_by,
  for_counter, counter, calls, misses, first_called_at, called_at, called_by, ended_at)
SELECT gen_random_uuid(), hall.id, hall.area, d.day, n, 'finished', false, '', '', t.at, t.at, t.at, 'system:bench',
  0, 1 + n %% 2, 1, 0, t.at + interval '10 minutes', t.at + interval '10 minutes', 'system:bench',
  t.at + interval '15 minutes'
FROM bookings_hall hall, generate_series(1, %s) n,
  LATERAL (SELECT (%s::date - g)::date AS day FROM generate_series(1, %s) g) d,
  LATERAL (SELECT d.day + interval '8 hours' + n * interval '1 minute' AS at) t
WHERE hall.public_id = %s
"""


def _by_page(url: str, word: str, hall: Any, calls: int) -> list[float]:
    """Press the button over one kept line, as a browser does; answers how long each press took."""
    line = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)
    cookies: dict[str, str] = {}

    def ask(method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        body = urllib.parse.urlencode(fields) if fields else None
        head = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if body:
            head |= {"Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, body, head)
        answer = line.getresponse()
        text = answer.read().decode()
        for one in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = one.partition(";")[0].partition("=")
            cookies[name] = value
        return answer.status, text

    def key(text: str) -> str:
        return re.search('name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]

    _, text = ask("GET", "/sign-in")
    status, _ = ask(
        "POST", "/sign-in", {"username": "caller", "password": word, "csrfmiddlewaretoken": key(text)}
    )
    if status != 302:
        raise RuntimeError(f"signing in was answered with {status}")
    here = f"/queue/{hall}/counters/1/"
    _, text = ask("GET", here)
    keys, spent = key(text), []
    for number in range(calls):
        begun = time.perf_counter()
        status, _ = ask("POST", f"{here}call", {"csrfmiddlewaretoken": keys, "request_key": f"call-{number}"})
        spent.append(time.perf_counter() - begun)
        if status != 302:
            raise RuntimeError(f"a call was answered with {status}")
    return spent


if __name__ == "__main__":
    main()
