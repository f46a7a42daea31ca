"""Reads of rounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, UUIDField, Value

from yimen.foundations.definitions.api import Definition
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level
from yimen.kernel.clock import midnight
from yimen.kernel.refusals import Conflict, NotFound
from yimen.registers.places.api import area_name, areas_under
from yimen.work.rounds.choices import OPEN, Standing, State
from yimen.work.rounds.engine.counting import count, words_of
from yimen.work.rounds.engine.practice import practice
from yimen.work.rounds.engine.questionnaire import form_of
from yimen.work.rounds.models import NeedTask, Reply, RollLine, Round
from yimen.work.rounds.permissions import HOLD, VIEW


class NoRound(NotFound):
    code = "rounds.no_round"
    sentence = "没有这次征询，或不在您的范围内。"


class RoundIsOver(Conflict):
    code = "rounds.over"
    sentence = "这次征询已经结束。"


class NoLine(NotFound):
    code = "rounds.no_line"
    sentence = "名单上没有这一位，或不在您的范围内。"


@dataclass(frozen=True)
class Returns:
    """How many were asked and what came back (回收情况), of a round or of one community of it."""

    community: str
    by_standing: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> int:
        return sum(self.by_standing.values())

    @property
    def returned(self) -> int:
        return self.by_standing.get(Standing.RETURNED, 0)

    @property
    def refused(self) -> int:
        return self.by_standing.get(Standing.REFUSED, 0)

    @property
    def not_reached(self) -> int:
        return self.by_standing.get(Standing.NOT_REACHED, 0)

    @property
    def open(self) -> int:
        return sum(self.by_standing.get(one, 0) for one in OPEN)


@dataclass(frozen=True)
class Result:
    """What a round came to (征询结果); ``why_not`` says why nothing is shown yet."""

    counted: dict[str, Any] | None
    words: dict[str, list[str]]
    why_not: str = ""


def rounds(*, by: Actor) -> QuerySet[Round]:
    """The rounds within reach."""
    found = Round.objects.within(by) if by.can_somewhere(VIEW) else Round.objects.none()
    return found.defer("questions", "result")


def areas_to_ask_in(*, by: Actor, on: date) -> dict[str, str]:
    """Where one may begin a round (可以在哪里问): code and name; a street with its communities."""
    found: dict[str, str] = {}
    for held in by.areas_for(HOLD):
        found[held] = area_name(held)
        if len(held) == Level.STREET.digits:
            found |= {one.code: one.name for one in areas_under(held, Level.COMMUNITY, on=on)}
    return found


def get_round(public_id: UUID, *, by: Actor) -> Round:
    """One round. Refuses as `NoRound`."""
    found = Round.objects.within(by).filter(public_id=public_id).first()
    if found is None:
        raise NoRound
    return found


def roll_of(found: Round, *, by: Actor) -> QuerySet[RollLine]:
    """Who is asked (名单)."""
    return RollLine.objects.within(by).filter(round=found)


def roll_listed(found: Round, *, by: Actor) -> QuerySet[RollLine]:
    """The same for a list, each with the public id of the round as ``round_key``."""
    return roll_of(found, by=by).annotate(round_key=Value(found.public_id, output_field=UUIDField()))


def to_print(found: Round, channel: str, *, after: UUID | None, by: Actor) -> QuerySet[RollLine]:
    """Who has not answered and is asked this way, in the order of the roll, from behind the line ``after`` (待打印)."""
    lines = roll_of(found, by=by).filter(channel=channel, standing__in=OPEN).order_by("id")
    if after is None:
        return lines
    return lines.filter(id__gt=roll_of(found, by=by).filter(public_id=after).values("id"))


def get_line(found: Round, line: UUID, *, by: Actor) -> RollLine:
    """One on the roll. Refuses as `NoLine`."""
    one = roll_of(found, by=by).filter(public_id=line).first()
    if one is None:
        raise NoLine
    return one


def running_round(public_id: UUID, *, by: Actor) -> Round:
    """The round within reach, where this actor holds rounds and it is not over yet."""
    found = get_round(public_id, by=by)
    by.must(HOLD, area=found.area)
    if not found.is_running:
        raise RoundIsOver
    return found


def locked_line(line: RollLine, *, by: Actor) -> RollLine:
    """The line as it stands, held until the end: of two answers at once the second finds the first."""
    return RollLine.objects.within(by).select_for_update(of=("self",)).get(pk=line.pk)


def line_by_word(word: str, *, by: Actor) -> RollLine | None:
    """Whose questionnaire a word opens (问卷码); typed ones may have blanks, hyphens and small letters.

    A scanner gun types the whole address that the code holds.
    """
    word = word.rstrip("/").rpartition("/")[2]
    plain = "".join(letter for letter in word.upper() if letter.isascii() and letter.isalnum())
    return RollLine.objects.within(by).select_related("round").filter(word=plain).first()


def form_of_round(found: Round) -> Definition:
    """The questionnaire of a round."""
    return form_of(found.title, found.questions, on=found.opens_on)


def returns_of(found: Round, *, by: Actor) -> list[Returns]:
    """What came back, by community (回收率); one query."""
    lines: dict[str, dict[str, int]] = {}
    counted = roll_of(found, by=by).values_list("community", "standing").annotate(n=Count("id"))
    for community, standing, n in counted.order_by("community", "standing"):
        lines.setdefault(community, {})[standing] = n
    return [Returns(community, standings) for community, standings in lines.items()]


def together(lines: Iterable[Returns]) -> Returns:
    """The sum over communities."""
    sums: dict[str, int] = {}
    for line in lines:
        for standing, n in line.by_standing.items():
            sums[standing] = sums.get(standing, 0) + n
    return Returns("", sums)


def returns_of_many(found: Sequence[Round], *, by: Actor) -> dict[int, Returns]:
    """What came back, for a page of rounds; one query."""
    sums: dict[int, dict[str, int]] = {one.pk: {} for one in found}
    lines = RollLine.objects.within(by).filter(round__in=[one.pk for one in found])
    counted = lines.values_list("round_id", "standing").annotate(n=Count("id"))
    for number, standing, n in counted.order_by("round_id", "standing"):
        sums[number][standing] = n
    return {number: Returns("", standings) for number, standings in sums.items()}


def result_of(found: Round, *, by: Actor, on: date) -> Result:
    """What was said (征询结果).

    Anonymous answers are counted when the round is over and enough came back: who watched a count grow, or saw a count of
    three, would know who said what.
    """
    least = practice(on=on).fewest_anonymous
    if found.is_anonymous and found.is_running:
        return Result(None, {}, "不记名的征询，结束以后才出结果：边回边看，等于知道是谁答的。")
    form = form_of_round(found).body
    replies = list(Reply.objects.within(by).filter(round=found).values_list("answers", flat=True))
    counted = found.result or count(form, replies)
    if found.is_anonymous and counted["replies"] < least:
        return Result(None, {}, f"不记名的征询只回了 {counted['replies']} 份，不到 {least} 份不出结果。")
    return Result(counted, words_of(form, replies))


def reply_of(line: RollLine, *, by: Actor) -> dict[str, Any] | None:
    """What somebody answered under her name; of an anonymous round there is no way from her to it."""
    return Reply.objects.within(by).filter(line=line).values_list("answers", flat=True).first()


def tasks_of(found: Round, *, by: Actor) -> list[NeedTask]:
    """What came of the needs of a round."""
    return list(NeedTask.objects.within(by).filter(round=found).order_by("id"))


def asked_of(people: Sequence[UUID], *, by: Actor) -> QuerySet[RollLine]:
    """In which rounds somebody is asked, newest first."""
    lines = RollLine.objects.within(by).select_related("round").filter(person__in=list(people))
    return lines.order_by("-id")


def due_to_close(*, by: Actor, today: date) -> QuerySet[Round]:
    """Rounds whose last day is over."""
    return Round.objects.within(by).filter(state=State.RUNNING, closes_on__lt=today).order_by("id")


def due_to_remind(*, by: Actor, last: date) -> QuerySet[Round]:
    """Rounds that end soon, whoever holds them was not told yet."""
    running = Round.objects.within(by).filter(state=State.RUNNING, reminded_on__isnull=True)
    return running.filter(closes_on__lte=last).order_by("id")


def replies_before(before: date, *, by: Actor) -> QuerySet[Reply]:
    """Replies to rounds that ended before a day."""
    return Reply.objects.within(by).filter(round__closed_at__lt=midnight(before))


def rolls_before(before: date, *, by: Actor) -> QuerySet[RollLine]:
    """The rolls of rounds that ended before a day and have no reply left that points there."""
    answered = Reply.objects.filter(line__isnull=False).values("line")
    lines = RollLine.objects.within(by).filter(round__closed_at__lt=midnight(before))
    return lines.exclude(Q(id__in=answered))
