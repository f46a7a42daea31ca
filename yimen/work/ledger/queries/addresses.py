"""The address of the list behind a figure: what its query parameters are called is known here only."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from yimen.kernel.periods import Month
from yimen.work.ledger.choices import Measure
from yimen.work.ledger.rules import EVERYONE, Bands


def entries_url(
    *,
    items: Iterable[str],
    area: str,
    first: Month,
    last: Month,
    measure: str = Measure.ACTS,
    bands: Bands = EVERYONE,
    own: bool = False,
    as_now: bool = False,
) -> str:
    """Where a figure opens: the entries, or for a number of persons the persons, that it counts.

    ``own``: only what was done by the area itself (街道本级), not by the communities under it. ``as_now``: by
    the areas of today (按现行区划).
    """
    head, tail = _what(tuple(items), measure, bands)
    return f"{head}&area={area}{'&own=1' if own else ''}{'&now=1' if as_now else ''}&from={first}&to={last}{tail}"


@lru_cache(maxsize=1000)
def _what(items: tuple[str, ...], measure: str, bands: Bands) -> tuple[str, str]:
    """What is counted stands around where and when; a page has one address for each of its numbers."""
    told = {
        "count": measure if measure != Measure.ACTS else "",
        "sex": ",".join(bands.sexes),
        "age": ",".join(bands.age_bands),
        "residence": ",".join(bands.residences),
    }
    tail = urlencode({key: value for key, value in told.items() if value}, safe=",")
    head = urlencode({"item": ",".join(items)}, safe=",")
    return f"{reverse('ledger:entries')}?{head}", f"&{tail}" if tail else ""
