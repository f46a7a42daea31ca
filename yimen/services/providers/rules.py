"""Decisions about the work of providers (机构服务规则), from facts alone."""

from collections.abc import Sequence
from datetime import date, timedelta

from yimen.kernel.findings import Finding
from yimen.kernel.money import Money
from yimen.kernel.periods import Period

HUNDRED = 100


def amount_of(accepted: int, price: Money, percent: int) -> Money:
    """What accepted work is worth (结算金额): verified volume × price × quality, rounded to the fen."""
    return Money((accepted * price.fen * percent + HUNDRED // 2) // HUNDRED)


def why_not_submit(
    *, done_on: date, on: date, agreement: Period, licences: Sequence[Period], licence: str
) -> Finding | None:
    """Why nothing can be submitted today (能否申报): agreement or licence has run out, or did not hold when it was done.

    ``licences`` are the periods of the licences that cover this kind of work, ``licence`` is their name.
    """
    if finding := _why_not_today(on, agreement, licences, licence):
        return finding
    if done_on > on:
        return Finding("providers.not_done_yet", "服务日期不能晚于今天，做完再申报", "done_on")
    if not agreement.contains(done_on):
        return Finding("providers.before_agreement", "服务那天协议还没有生效", "done_on")
    if not any(period.contains(done_on) for period in licences):
        return Finding("providers.unlicensed_day", f"服务那天没有有效的{licence}", "done_on")
    return None


def _why_not_today(on: date, agreement: Period, licences: Sequence[Period], licence: str) -> Finding | None:
    if agreement.until is not None and agreement.until <= on:
        ended = f"协议已于 {_spoken(agreement.last_day)} 到期"
        return Finding("providers.agreement_over", f"{ended}，不能再申报，请联系街道续签")
    if on < agreement.since:
        return Finding("providers.agreement_ahead", f"协议从 {_spoken(agreement.since)} 起生效，还不能申报")
    if any(period.contains(on) for period in licences):
        return None
    over = [period.last_day for period in licences if period.until and period.until <= on]
    if over:
        return Finding(
            "providers.licence_over",
            f"{licence}已于 {_spoken(max(over))} 到期，不能再申报，请先把新证报街道登记",
        )
    return Finding("providers.no_licence", f"街道没有登记能做这项服务的{licence}，不能申报，请联系街道")


def why_not_accept(*, quantity: int, accepted: int, note: str) -> Finding | None:
    """Why a submission cannot be accepted so (能否验收): not more than was submitted, and less only with the reason."""
    if not 1 <= accepted <= quantity:
        return Finding(
            "providers.too_many", f"验收数量在 1 到 {quantity} 之间；一个都不认的，请退回", "accepted"
        )
    if accepted < quantity and not note:
        return Finding("providers.why_fewer", "少认了的，写明原因，机构看得到", "note")
    return None


def why_not_refer(
    *,
    signed_up: bool,
    known: bool,
    told: bool,
    names: bool,
    consented_on: date,
    taken_back_on: date | None,
    last_day: date,
    on: date,
    most_days: int,
) -> Finding | None:
    """Why a patient cannot be referred so (能否转诊): her consent, a reason, a term of days that begins today."""
    if not signed_up:
        return Finding("providers.not_signed_up", "服务关系已经结束")
    if not known:
        return Finding("providers.no_partner", "没有这家机构，或它在平台上没有账号，请刷新页面再选", "target")
    if not told:
        return Finding("providers.no_reason", "要写明希望对方做什么和转诊原因", "reason")
    if names:
        return Finding("providers.named", "“希望做什么”对方接诊前就看得到，不写姓名", "need")
    if consented_on > on:
        return Finding("providers.consent_ahead", "同意日期不能晚于今天", "consented_on")
    if taken_back_on and consented_on < taken_back_on:
        return Finding(
            "providers.consent_taken_back",
            f"本人{_spoken(taken_back_on)}撤回过转诊同意，要重新征得同意，写重新同意的日期",
            "consented_on",
        )
    if not on <= last_day < on + timedelta(days=most_days):
        return Finding(
            "providers.term",
            f"查阅到哪天在今天和今后 {most_days} 天之间，需要更久的到时再转",
            "last_day",
        )
    return None


def _spoken(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
