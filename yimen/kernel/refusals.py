"""Refusals (拒绝): the one family of answers that say "no", each with a code, a Chinese sentence and facts.

An operation raises a subclass that stands beside it; one middleware turns it into a page, an htmx part or a
problem+json. Anything else that is raised is a bug.
"""

from collections.abc import Sequence

from yimen.kernel.findings import Finding


class Refused(Exception):
    """A deed that was not done, and why.

    ``sentence`` may hold ``{named}`` facts; they are filled from the keyword arguments. ``findings`` are the single
    reasons where there are several (a paper is missing, a date is impossible).
    """

    status = 422
    code = "refused"
    sentence = "这件事现在办不了。"

    def __init__(self, sentence: str | None = None, *, findings: Sequence[Finding] = (), **facts):
        self.facts = facts
        self.findings = tuple(findings)
        self.sentence = (sentence or type(self).sentence).format(**facts)
        super().__init__(self.sentence)

    @property
    def title(self) -> str:
        """A word or two for the head of a page."""
        return TITLES[self.status]


class NotAllowed(Refused):
    """The actor may not do this here (无权限)."""

    status = 403
    code = "not_allowed"
    sentence = "您的岗位没有这项权限。"


class NotFound(Refused):
    """There is no such thing, or not within the actor's reach: the two are never told apart (查无)."""

    status = 404
    code = "not_found"
    sentence = "没有找到，或不在您的范围内。"


class Conflict(Refused):
    """Somebody else was faster, or the thing exists already (冲突)."""

    status = 409
    code = "conflict"
    sentence = "别人刚刚改过这条记录，请刷新后再改。"


class NotPossible(Refused):
    """Allowed, but the state or the input does not permit it (不能办)."""

    status = 422
    code = "not_possible"


TITLES = {403: "没有权限", 404: "没有找到", 409: "已被别人改动", 422: "现在不能办"}
