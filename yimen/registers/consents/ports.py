"""What apps above do only as long as a consent stands, and consents that they keep themselves, under rules of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from yimen.kernel.registry import Registry


@dataclass(frozen=True)
class RestsOnConsent:
    """Something that rests on a consent to ``purpose`` (凭同意而存).

    ``let_go(people=ids, by=actor, at=moment)`` ends it for a person (all ids that mean her), in the transaction of the
    withdrawal; it asks for no permission of its own, for she needs none.
    """

    key: str
    purpose: str
    let_go: Callable[..., None]


rests_on_consent: Registry[RestsOnConsent] = Registry(
    RestsOnConsent, name="凭同意而存的事", required=("purpose", "let_go")
)


@dataclass(frozen=True)
class OwnConsentLine:
    """A consent that an app above keeps, as its person reads it (本人看到的同意).

    ``notice`` is what she was told then, ``stops`` what a withdrawal ends; ``agreed_on`` is None when it stands no longer.
    """

    key: str
    title: str
    notice: str
    stops: str
    agreed_on: date | None
    told_by: str = ""


@dataclass(frozen=True)
class OwnConsents:
    """Consents that an app above keeps (上层应用里的同意): she reads and withdraws them on her own page beside the others.

    ``lines(people, by=actor, on=day)`` answers the `OwnConsentLine` that she ever gave (all ids that mean her).
    ``withdraw(person=, key=, by=, at=, request_key=)`` is the app's own operation: it has the effect that it has at the window,
    and refuses everybody but herself. ``ask`` is said before it is done.
    """

    key: str
    lines: Callable[..., Sequence[OwnConsentLine]]
    withdraw: Callable[..., None]
    ask: str


own_consents: Registry[OwnConsents] = Registry(
    OwnConsents, name="上层应用里的同意", required=("lines", "withdraw", "ask")
)
