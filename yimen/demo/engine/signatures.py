"""What was submitted for signing in the weeks of the demo: issued, sent back and mended, void, and what waits today (呈批件)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from yimen.demo.engine.staff import EAST, STREET
from yimen.demo.engine.story import Story
from yimen.kernel.actor import Actor
from yimen.work.approvals import api as approvals

# How many working days ago, who drafts, for which area, by which chain, what about, and what its signers say, one after the
# other: a text sends it back, None agrees.
SENT = (
    (31, "officer", STREET, "three_level", "关于更换便民服务中心叫号机的请示", (None, None)),
    (17, "officer", STREET, "three_level", "关于开展冬季送温暖走访的请示", ("附上走访名单", None, None)),
    (9, "worker", EAST, "community", "关于在文化礼堂添置座椅的请示", (None, None, None)),
    (2, "officer", STREET, "three_level", "关于调整周六窗口值守安排的请示", (None,)),
    (2, "worker", EAST, "community", "关于老年食堂增加一名帮工的请示", (None,)),
)
SPOILT = (12, "officer", "关于印制办事指南的请示（重复）")
WORDS = "有关情况已经核实，经费在年初预算内列支。\n妥否，请批示。"


class Signatures:
    """Plans what is submitted in the first street."""

    def __init__(self, story: Story) -> None:
        self.story = story

    def plan(self) -> None:
        for back, who, area, chain, title, said in SENT:
            self._plan(back, who, lambda at, by, told=(area, chain, title, said): self._send(*told, at, by))
        back, who, title = SPOILT
        self._plan(back, who, lambda at, by: self._spoil(title, at, by))

    def _plan(self, back: int, who: str, deed: Callable[[datetime, Actor], Any]) -> None:
        days = self.story.working_days
        if back < len(days):
            self.story.plan(self.story.at(days[-1 - back], 9, 25), who, deed)

    def _send(
        self, area: str, chain: str, title: str, said: tuple[str | None, ...], at: datetime, by: Actor
    ) -> None:
        made = approvals.submit(by=by, at=at, area=area, chain=chain, title=title, text=WORDS)
        self.story.told["submissions"] += 1
        signers = ["chief", "leader"] if chain == "three_level" else ["head", "chief", "leader"]
        drafter = "officer" if chain == "three_level" else "worker"
        self._next(made.public_id, title, drafter, signers, signers, said, at)

    def _next(
        self,
        found: UUID,
        title: str,
        drafter: str,
        signers: list[str],
        left: list[str],
        said: tuple[str | None, ...],
        at: datetime,
    ) -> None:
        """The next one says what she says, some time later; what is sent back is mended the same day."""
        if not said:
            return
        words, rest = said[0], said[1:]

        def sign(at: datetime, by: Actor) -> None:
            if words is None:
                approvals.agree(by=by, at=at, submission=found)
                self._next(found, title, drafter, signers, left[1:], rest, at)
            else:
                approvals.send_back(by=by, at=at, submission=found, remark=words)
                self.story.plan(self.story.later(at, minutes=55), drafter, mend)

        def mend(at: datetime, by: Actor) -> None:
            text = f"{WORDS}\n（{words}，已补。）"
            approvals.send_again(by=by, at=at, submission=found, title=title, text=text)
            self._next(found, title, drafter, signers, signers, rest, at)

        self.story.plan(self.story.later(at, minutes=80), left[0], sign)

    def _spoil(self, title: str, at: datetime, by: Actor) -> None:
        made = approvals.submit(by=by, at=at, area=STREET, chain="section", title=title, text=WORDS)
        approvals.void_submission(by=by, at=at, submission=made.public_id, why="与前一份重复")
