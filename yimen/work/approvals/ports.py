"""What other apps plug into approvals: what a submission may be about (呈批对象).

from yimen.work.approvals import ports

ports.subjects.register(ports.Subject(key="returns.edition", title="报表", load=…))
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from yimen.kernel.registry import Registry

FROM_CASE = "desk.case"


@dataclass(frozen=True)
class About:
    """What a submission is about, as its owner tells it (呈批对象): whose area, what it is called, where its page is.

    ``title`` is offered as the title of the submission, and so names nobody; ``chain`` is the one that must be gone, "" where
    the drafter chooses.
    """

    area: str
    title: str
    url: str
    chain: str = ""


@dataclass(frozen=True)
class Subject:
    """A kind of thing that may be submitted, named ``key:<uuid>`` (呈批对象的种类).

    ``load(id, by=actor, on=day)`` answers its `About`, or refuses what is not within reach.
    """

    key: str
    title: str
    load: Callable[..., About]


subjects: Registry[Subject] = Registry(Subject, name="呈批对象", key="key", required=("title", "load"))


def subject_key(key: str, found: UUID) -> str:
    """How a submission names what it is about (呈批对象代号)."""
    return f"{key}:{found}"
