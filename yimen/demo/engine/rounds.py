"""What residents were asked in the weeks of the demo: one survey of needs that is over, one card that runs (征询)."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from yimen.demo.engine.staff import EAST
from yimen.demo.engine.story import Story
from yimen.foundations.definitions.api import current
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.work.rounds import api as rounds

SAMPLE, CARD, FEW = 240, 40, 12
# Of a hundred who are asked so many answer, say no, are not reached; the others have said nothing yet.
COMES, NO, AWAY = 74, 8, 6
LIKED = (9, 14, 5, 4, 7, 3, 6, 2)
WORDS = (
    "希望服务周也有周末场", "楼道灯坏了好久", "体检能不能到小区里来", "助餐点远，老人走不动", "通知最好贴在单元门口",
    "想学用手机挂号", "孩子放学没人管", "请早点公布活动时间", "电话打 15400001234 找我女儿也行",
)  # fmt: skip


class Asked:
    """Asks in one community of a street, by a chance of its own: the rest of the story stays as it is without it."""

    def __init__(self, story: Story, *, mark: str = "") -> None:
        self.story, self.mark, self.rng = story, mark, Random(f"rounds{mark}")

    def plan(self) -> None:
        """The first street: a survey of 240 that is over and led to a task, and a card that came back in part."""
        worker = self.story.staff.workers[EAST]
        self._round(EAST, worker, "service_needs", SAMPLE, begun=45, lasts=14, task=True)
        self._round(EAST, worker, "service_satisfaction", CARD, begun=6, lasts=15)

    def plan_few(self, community: str) -> None:
        """The second street: a small one, each text with its mark."""
        worker = self.story.staff.workers[community]
        self._round(community, worker, "service_needs", FEW, begun=9, lasts=21)

    def _round(
        self, community: str, worker: str, key: str, size: int, *, begun: int, lasts: int, task: bool = False
    ) -> None:
        story, first = self.story, self.story.today - timedelta(days=begun)

        def begin(at: datetime, by: Actor) -> None:
            survey = rounds.surveys(on=day_of(at))[key]
            made = rounds.open_round(
                by=by, at=at, title=survey.title + self.mark, why=survey.why + self.mark, area=community,
                questions=current("form", survey.form, on=day_of(at)).data, opens_on=first,
                closes_on=first + timedelta(days=lasts), size=size, seed=f"demo{self.mark}",
            )  # fmt: skip
            story.told["rounds"] += 1
            lines = list(rounds.roll_of(made, by=by).order_by("id"))
            rounds.ask_all(by=by, at=at, round=made.public_id, channel=rounds.Channel.PAPER)
            days = [first + timedelta(days=n) for n in range(1, lasts)]
            for order, day in enumerate(days):
                for line in lines[order :: len(days)]:
                    self._answer(made.public_id, line, key, worker, day)
            end = story.at(first + timedelta(days=lasts), 16, 40)
            if task:
                story.plan(end, worker, lambda at, by: self._end(made.public_id, at, by))

        story.plan(story.at(first, 9, 10), worker, begin)

    def _answer(self, found: UUID, line: Any, key: str, worker: str, day: date) -> None:
        fate, answers = self.rng.randrange(100), self._answers(key)
        at = self.story.at(day, 15, self.rng.randrange(60))

        def answer(at: datetime, by: Actor) -> None:
            told = {"by": by, "at": at, "round": found}
            if fate < COMES:
                rounds.take_reply(**told, word=line.word, answers=answers, channel=rounds.Channel.PAPER)
                self.story.told["replies"] += 1
            elif fate < COMES + NO:
                rounds.mark_line(**told, line=line.public_id, standing=rounds.Standing.REFUSED)
            elif fate < COMES + NO + AWAY:
                rounds.mark_line(**told, line=line.public_id, standing=rounds.Standing.NOT_REACHED)

        self.story.plan(at, worker, answer)

    def _answers(self, key: str) -> dict[str, Any]:
        chance = self.rng
        words = chance.choice(WORDS) + self.mark if chance.random() < 0.2 else ""
        grades = ["很满意", "满意", "满意", "满意", "一般", "不满意"]
        if key == "service_satisfaction":
            improve = ["办事要跑几趟", "等得久", "通知看不到", "活动时间不合适", "环境卫生", "停车"]
            return {
                "window": chance.choice(grades),
                "activities": chance.choice([*grades, "没参加过"]),
                "improve": chance.sample(improve, chance.randrange(3)),
                "words": words,
            }
        needs = [
            "免费体检和慢病随访", "老人助餐", "托育和放学后托管", "就业介绍和技能培训", "家电和管道维修",
            "法律和政策咨询", "文化和健身活动", "上门照护",
        ]  # fmt: skip
        chosen = dict.fromkeys(chance.choices(needs, LIKED, k=3))
        return {
            "needs": list(chosen),
            "when": chance.choice(["工作日白天", "工作日晚上", "周末", "周末"]),
            "knows": chance.random() < 0.6,
            "satisfied": chance.choice(grades),
            "at_home": chance.randrange(1, 6),
            "words": words,
        }

    def _end(self, found: UUID, at: datetime, by: Actor) -> None:
        ended = rounds.close_round(by=by, at=at, round=found)
        first = ended.result["questions"][0]
        most = first["options"][0]
        rounds.make_task(
            by=by, at=at, round=found, question=first["key"], option=most["value"],
            title=f"服务周：{most['label']}", due_on=self.story.today + timedelta(days=12),
        )  # fmt: skip
