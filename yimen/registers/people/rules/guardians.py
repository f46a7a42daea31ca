"""Who may answer for whom, and until when (监护、代办)."""

from datetime import date

from yimen.kernel.findings import Finding
from yimen.kernel.periods import age_on, birthday_at
from yimen.registers.people.choices import GuardianGround, GuardianKind

# 民法典 第十七条：十八周岁以上为成年人.
OF_AGE = 18


def comes_of_age_on(born: date) -> date:
    """The day on which a minor is of age (成年之日)."""
    return birthday_at(born, OF_AGE)


def why_not_guard(
    *,
    name: str,
    born: date | None,
    guardian: str,
    guardian_born: date | None,
    kind: str,
    ground: str,
    on: date,
    ends_on: date | None,
    today: date,
) -> list[Finding]:
    """What speaks against it (不能登记的原因): ages, a kind that does not fit its ground, days that run backwards."""
    found = []

    def no(sentence: str, field: str) -> None:
        found.append(Finding("people.cannot_guard", sentence, field))

    if on > today:
        no("日期在今天之后。", "on")
    if ends_on and ends_on <= on:
        no("到期日要晚于起始日。", "ends_on")
    if guardian_born and age_on(guardian_born, on) < OF_AGE:
        no(f"{guardian}未满十八周岁，不能做监护人或代办人。", "guardian")
    if (kind == GuardianKind.AGENT) != (ground == GuardianGround.ENTRUSTED):
        no("委托代办只用于“本人委托”；监护请选未成年，或无、限制民事行为能力。", "ground")
    if born is None:
        if ground == GuardianGround.MINOR:
            no(f"{name}没有登记出生日期，请先更正出生日期。", "ground")
        return found
    if born > on:
        no("起始日早于本人出生。", "on")
    elif ground == GuardianGround.MINOR and comes_of_age_on(born) <= on:
        no(f"{name}这一天已满十八周岁，请按实际情况另选。", "ground")
    elif ground != GuardianGround.MINOR and comes_of_age_on(born) > on:
        no(f"{name}这一天未满十八周岁，请选“未满十八周岁”。", "ground")
    return found
