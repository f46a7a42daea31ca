"""What apps above do only as long as a consent stands; they let go of it when she takes the consent back."""

from collections.abc import Callable
from dataclasses import dataclass

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
