"""What every step of a part leaves: a row of its own, the trail, and word to those concerned (分表经过)."""

from datetime import datetime

from django.urls import reverse

from yimen.foundations.audit.api import record
from yimen.foundations.messages.api import tell_account, tell_role
from yimen.kernel.actor import Actor
from yimen.kernel.areas import street_of
from yimen.kernel.clock import day_of
from yimen.steering.returns.choices import StepKind
from yimen.steering.returns.models import Part, PartStep

# Who fills tables in a community, and who asks for them in a street.
FILLERS = ("community_worker", "community_head")


def page_of_part(part: Part) -> str:
    """Where a part is looked at."""
    return reverse("returns:part", args=[part.public_id])


def leave_step(part: Part, kind: StepKind, *, by: Actor, at: datetime, said: str = "") -> PartStep:
    """Keep what happened to a part, and leave it in the trail."""
    step = PartStep.objects.create(
        part=part, kind=kind, on=day_of(at), at=at, by=by.key, by_name=by.name, said=said[:200]
    )
    record(part, kind="part", area=part.area, step=str(kind))
    return step


def tell_community(part: Part, *, by: Actor, at: datetime, title: str, text: str = "") -> int:
    """Tell those who fill tables in the community; answers how many there are."""
    told = [
        message
        for role in FILLERS
        for message in tell_role(
            by=by,
            at=at,
            role=role,
            role_area=part.area,
            title=title,
            area=part.area,
            text=f"{part.title}（{part.unit_name}），{part.due_on:%Y-%m-%d} 前交。{text}",
            link=page_of_part(part),
        )
    ]
    return len(told)


def tell_asker(part: Part, *, by: Actor, at: datetime, title: str, text: str = "") -> None:
    """Tell who follows the parts; when she has left, those of the section."""
    words = {"by": by, "at": at, "title": title, "area": part.area, "link": page_of_part(part)}
    words |= {"text": f"{part.title}（{part.unit_name}）。{text}"}
    if part.asker:
        tell_account(account=part.asker, **words)
    else:
        tell_role(role="section_officer", role_area=street_of(part.area) or part.area, **words)
