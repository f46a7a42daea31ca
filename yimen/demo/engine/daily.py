"""What fills a day beside the matters: questions, calls, notes in passing and what is still owed (咨询、来电、随手记、待办)."""

from datetime import datetime, timedelta
from uuid import UUID

from yimen.demo.engine.story import Neighbours, Story
from yimen.kernel.actor import Actor
from yimen.kernel.clock import day_of
from yimen.services.hotline import api as hotline
from yimen.work.ledger import api as ledger
from yimen.work.programmes import api as programmes

TOPICS = (
    "insurance",
    "residence",
    "elder",
    "relief",
    "family",
    "disability",
    "health",
    "neighbourhood",
    "other",
)
TOPIC_WEIGHTS = (24, 18, 14, 8, 8, 5, 10, 8, 5)
CALLS = (
    ("insurance", "问灵活就业怎么参保", "answered"),
    ("elder", "母亲八十二岁，问高龄津贴要带什么", "answered"),
    ("residence", "问居住证到期怎么签注", "answered"),
    ("neighbourhood", "楼上装修太早，问能不能请社区说一声", "call_back"),
    ("health", "问流感疫苗什么时候打", "answered"),
    ("relief", "父亲住院钱不够，问能不能申请救助", "call_back"),
    ("other", "楼道灯不亮", "left"),
)
NOTES = (
    ("visited_home", "身体还好，药按时吃，说女儿周末来。"),
    ("visited_home", "腿脚不便，提醒浴室铺防滑垫。"),
    ("visited_home", "新搬来的，讲了垃圾分类和停车。"),
    ("called_by_phone", "提醒带身份证来领结果，说周四来。"),
    ("called_by_phone", "问孙子入学材料，已答复。"),
    ("met_outside", "说健身器材松了，已记下。"),
    ("met_outside", "问活动室开放时间，已告知。"),
    ("wrote_wechat", "群里问停水通知，已转发。"),
    ("wrote_wechat", "报名周六的活动。"),
)
OWED = (
    ("再去看看", "独居，降温了，看看被子和取暖器", "visited_home"),
    ("打个电话", "上次没在家，约个时间", "called_by_phone"),
    ("带材料上门", "腿脚不便，把表带去填", "visited_home"),
)


class Daily:
    """Plans the small deeds of one street."""

    def __init__(
        self, story: Story, neighbours: list[Neighbours], shares: dict[str, int], *, mark: str = ""
    ) -> None:
        self.story, self.rng, self.staff, self.mark = story, story.rng, story.staff, mark
        self.neighbours, self.weights = neighbours, [shares.get(one.community, 1) for one in neighbours]

    def plan(self, *, questions: int, calls: int, notes: int, duties: int) -> None:
        for _ in range(questions):
            self._at_a_window(self._question)
        for _ in range(calls):
            self._at_a_window(self._call)
        for _ in range(notes):
            self._with_a_worker(self._note)
        for _ in range(duties):
            self._with_a_worker(self._owe)

    def _at_a_window(self, deed) -> None:
        where = self._somewhere()
        at = self.story.moment(self.story.some_day())
        self.story.plan(at, self.staff.windows[where.community], lambda at, by: deed(where, at, by))

    def _with_a_worker(self, deed) -> None:
        where = self._somewhere()
        if not where.known:
            return
        person = self.rng.choice(where.known)
        at = self.story.moment(self.story.some_day())
        self.story.plan(at, self.staff.workers[where.community], lambda at, by: deed(where, person, at, by))

    def _question(self, where: Neighbours, at: datetime, by: Actor) -> None:
        topic = self.rng.choices(TOPICS, TOPIC_WEIGHTS)[0]
        hotline.count_inquiry(by=by, at=at, area=where.community, topic_key=topic)
        self.story.told["questions"] += 1

    def _call(self, where: Neighbours, at: datetime, by: Actor) -> None:
        topic, sentence, result = self.rng.choice(CALLS)
        call = hotline.log_call(
            by=by, at=at, area=where.community, topic=topic, sentence=sentence + self.mark,
            result=hotline.Result(result), phone="15400000000" if self.rng.random() < 0.5 else "",
        )  # fmt: skip
        self.story.told["telephone calls"] += 1
        if result != "answered" and self.rng.random() < 0.9:
            answer = f"已回电，说明了怎么办。{self.mark}"
            self._later(
                at,
                where,
                lambda at, by: hotline.answer_call(by=by, at=at, call=call.public_id, answer=answer),
            )

    def _later(self, at: datetime, where: Neighbours, deed) -> None:
        self.story.plan(self.story.in_working_days(at, 1), self.staff.windows[where.community], deed)

    def _note(self, where: Neighbours, person: UUID, at: datetime, by: Actor) -> None:
        item, text = self.rng.choice(NOTES)
        # One in nine is typed in a day or two later: both dates stay visible.
        late = timedelta(days=self.rng.choice((1, 2)) if self.rng.random() < 0.11 else 0)
        ledger.take_note(
            by=by,
            at=at,
            item=item,
            text=text + self.mark,
            kind="person",
            whom=person,
            happened_on=day_of(at) - late,
        )
        self.story.told["notes"] += 1

    def _owe(self, where: Neighbours, person: UUID, at: datetime, by: Actor) -> None:
        title, reason, way = self.rng.choice(OWED)
        due = self.story.in_working_days(at, self.rng.randrange(3, 15))
        duty = programmes.owe_duty(
            by=by, at=at, title=title, reason=reason + self.mark, due_on=day_of(due), way=way, kind="person",
            creditor=person, account=by.account,
        )  # fmt: skip
        self.story.told["duties"] += 1
        chance = self.rng.random()
        who = self.staff.workers[where.community]
        if chance < 0.82:
            text = f"去过了，{reason}，都说好了。{self.mark}"
            self.story.plan(
                due - timedelta(days=self.rng.randrange(0, 3)), who,
                lambda at, by: self._done(duty.public_id, way, text, at, by),
            )  # fmt: skip
        elif chance < 0.88:
            self.story.plan(
                due - timedelta(hours=30), who,
                lambda at, by: programmes.excuse_duty(
                    by=by, at=at, duty=duty.public_id, excuse=programmes.Excuse.DECLINED, why=f"说不用了{self.mark}"
                ),
            )  # fmt: skip

    def _done(self, duty: UUID, way: str, text: str, at: datetime, by: Actor) -> None:
        programmes.do_duty(by=by, at=at, duty=duty, item=way, text=text)
        self.story.told["duties done"] += 1

    def _somewhere(self) -> Neighbours:
        return self.rng.choices(self.neighbours, self.weights)[0]
