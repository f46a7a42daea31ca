"""The address of the list behind a figure: what its query parameters are called is known here only."""

from collections.abc import Iterable
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
) -> str:
    """Where a figure opens: the entries, or for a number of persons the persons, that it counts.

    ``own``: only what was done by the area itself (街道本级), not by the communities under it.
    """
    told = {
        "item": ",".join(items),
        "area": area,
        "own": "1" if own else "",
        "from": str(first),
        "to": str(last),
        "count": measure if measure != Measure.ACTS else "",
        "sex": ",".join(bands.sexes),
        "age": ",".join(bands.age_bands),
        "residence": ",".join(bands.residences),
    }
    return (
        reverse("ledger:entries")
        + "?"
        + urlencode({key: value for key, value in told.items() if value}, safe=",")
    )
