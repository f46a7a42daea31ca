"""What a round may be (征询规矩), and the questionnaires that are ready (调查)."""

from datetime import date

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current, current_all

KIND, KEY, SURVEY = "round_practice", "standard", "survey"


class RoundPractice(Grammar):
    """How many one round asks at most, how few anonymous replies are shown, when its last day is told (征询规矩)."""

    labels = {
        "most_on_roll": "一次最多问多少",
        "fewest_anonymous": "不记名的至少回多少份才出结果",
        "remind_days": "结束前几天提醒发起人",
        "source": "依据",
    }

    most_on_roll: int = Field(ge=1, le=20000)
    fewest_anonymous: int = Field(ge=3, le=100)
    remind_days: int = Field(ge=0, le=60)
    source: str = Field(min_length=2)


class Survey(Grammar):
    """A questionnaire that is ready (调查): its form, what it is for, and whether answers bear a name as a rule."""

    labels = {
        "title": "名称",
        "why": "为什么问",
        "form": "表单",
        "secrecy": "是否记名",
        "secrecy.anonymous": "不记名",
        "secrecy.named": "记名",
        "order": "次序",
    }

    title: str = Field(min_length=2, max_length=60)
    why: str = Field(min_length=4, max_length=120)
    form: str = Field(min_length=1)
    secrecy: str = Field(default="anonymous", pattern="^(anonymous|named)$")
    order: int = Field(default=50, ge=0, le=999)

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        return (("form", self.form),)


def practice(*, on: date) -> RoundPractice:
    """The practice in force on a day."""
    return current(KIND, KEY, on=on).body


def keep_years(*, on: date) -> int:
    """How many years after its end the replies of a round are kept (回卷保存年限)."""
    return current("retention", "rounds_replies", on=on).body.years


def surveys(*, on: date) -> dict[str, Survey]:
    """The questionnaires that are ready, by key, in their order."""
    found = sorted(current_all(SURVEY, on=on), key=lambda one: (one.body.order, one.key))
    return {one.key: one.body for one in found}
