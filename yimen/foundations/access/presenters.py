"""What the pages of access show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import segno
from django.utils.safestring import SafeString, mark_safe

from yimen.foundations.access.choices import proof_words
from yimen.foundations.access.queries import partners
from yimen.foundations.access.rules.devices import device_of
from yimen.foundations.access.rules.totp import in_groups, otpauth
from yimen.foundations.ui.ports import area_namers

if TYPE_CHECKING:
    from django import forms

    from yimen.foundations.access.forms import PasswordForm, SignInForm
    from yimen.foundations.access.models import Grant, Passkey, Session, SignIn, Totp
    from yimen.foundations.access.queries import Candidate, OutsideLine, SecondFactors
    from yimen.foundations.access.rules.partners import Partner


@dataclass(frozen=True)
class SignInPage:
    form: SignInForm
    next: str
    sentence: str = ""
    came_for_something: bool = False
    partners: tuple[Partner, ...] = field(default_factory=partners)


@dataclass(frozen=True)
class OutsidePage:
    """One step of binding another system: the password again, or the way there."""

    title: str
    form: forms.Form | None
    way: str


@dataclass(frozen=True)
class GoOnPage:
    """The way to another system, and what it learns; or why there is none."""

    title: str
    way: str = ""
    told: tuple[str, ...] = ()
    name: str = ""
    fault: str = ""


@dataclass(frozen=True)
class SecondStepPage:
    form: forms.Form
    next: str
    sentence: str = ""


@dataclass(frozen=True)
class KeyLine:
    """One passkey (通行密钥); ``elsewhere`` is the site it was made for, if it is not this one."""

    public_id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None
    elsewhere: str


@dataclass(frozen=True)
class KeyPage:
    """One form about one passkey."""

    name: str
    form: forms.Form
    title: str
    label: str
    icon: str


@dataclass(frozen=True)
class SecondFactorPage:
    """What one has beside one's password (第二因素): nothing yet, a secret that waits for its first code, or codes."""

    name: str
    username: str
    asked: bool
    due: bool
    factors: SecondFactors | None
    secret: str
    drawing: SafeString | None
    form: forms.Form
    keys: tuple[KeyLine, ...]
    remove: forms.Form
    renew: forms.Form
    new_key: forms.Form


@dataclass(frozen=True)
class CodesPage:
    """Recovery codes, shown this once (恢复码)."""

    name: str
    on: date
    codes: tuple[str, ...]


@dataclass(frozen=True)
class PasswordPage:
    form: PasswordForm
    due: bool
    name: str


@dataclass(frozen=True)
class SessionLine:
    public_id: UUID
    device: str
    address: str
    since_at: datetime
    seen_at: datetime
    is_this: bool
    second: str


@dataclass(frozen=True)
class SignInLine:
    at: datetime
    outcome: str
    tone: str
    address: str


@dataclass(frozen=True)
class SessionsPage:
    sessions: tuple[SessionLine, ...]
    attempts: tuple[SignInLine, ...]
    factors: SecondFactors | None
    outside: tuple[OutsideLine, ...]


@dataclass(frozen=True)
class DeputyLine:
    """One time that somebody stands in for somebody (临时代理)."""

    public_id: UUID
    whose: str
    deputy: str
    role: str
    place: str
    since: date
    last: date
    reason: str
    state: str
    tone: str
    open: bool


@dataclass(frozen=True)
class DeputiesPage:
    """Who stands in for me, for whom I do, and the form for a new one (我的代理)."""

    mine: tuple[DeputyLine, ...]
    theirs: tuple[DeputyLine, ...]
    form: forms.Form | None


def deputies_page(
    grants: Iterable[Grant], *, of: UUID, on: date, titles: Mapping[str, str], form: forms.Form | None
) -> DeputiesPage:
    """The times of an account, those in which others stand in for it and those in which it stands in for others."""
    lines = [(one, _deputy_line(one, on=on, titles=titles)) for one in grants]
    return DeputiesPage(
        mine=tuple(line for one, line in lines if one.deputises.public_id == of),
        theirs=tuple(line for one, line in lines if one.account.public_id == of),
        form=form,
    )


def _deputy_line(one: Grant, *, on: date, titles: Mapping[str, str]) -> DeputyLine:
    if one.until <= max(on, one.since):
        state, tone = "已结束", "neutral"
    else:
        state, tone = ("进行中", "good") if one.since <= on else ("将开始", "info")
    return DeputyLine(
        public_id=one.public_id,
        whose=one.deputises.name,
        deputy=one.account.name,
        role=titles.get(one.role, one.role),
        place=area_words(one.area),
        since=one.since,
        last=max(one.until - timedelta(days=1), one.since),
        reason=one.reason,
        state=state,
        tone=tone,
        open=tone != "neutral",
    )


def area_words(area: str) -> str:
    """The name of an area, from whoever knows names (区域名称)."""
    return next((name for namer in area_namers if (name := namer.name(area))), area)


def role_options(candidates: Iterable[Candidate]) -> list[tuple[str, str]]:
    """One's roles as they are chosen (可代理的角色)."""
    return [
        (
            str(one.grant.public_id),
            f"{one.role.title} · {area_words(one.grant.area)}（最多 {one.role.deputy_days} 天）",
        )
        for one in candidates
    ]


def colleague_options(candidates: Iterable[Candidate]) -> list[tuple[str, str]]:
    """Colleagues as they are chosen (同事), namesakes told apart by their login names."""
    found = {one.public_id: one for candidate in candidates for one in candidate.colleagues}
    names = Counter(one.name for one in found.values())
    return [
        (str(key), one.name if names[one.name] == 1 else f"{one.name}（{one.username}）")
        for key, one in found.items()
    ]


def codes_page(codes: Iterable[str], *, name: str, on: date) -> CodesPage:
    """The codes in halves, easier to copy (恢复码)."""
    return CodesPage(name, on, tuple(in_groups(code, 5) for code in codes))


def key_lines(keys: Iterable[Passkey], *, host: str) -> tuple[KeyLine, ...]:
    """Passkeys as they are listed (通行密钥)."""
    return tuple(
        KeyLine(key.public_id, key.name, key.made_at, key.used_at, key.host if key.host != host else "")
        for key in keys
    )


def drawn_secret(totp: Totp, *, username: str) -> SafeString:
    """The secret as a picture for the camera of a phone (二维码); it takes its size from the style sheet."""
    drawing = segno.make(otpauth(totp.secret, username=username), error="m", micro=False)
    return mark_safe(drawing.svg_inline(border=2, omitsize=True, title="动态口令的二维码"))  # nosec B308 B703


def sessions_page(
    *,
    sessions: Iterable[Session],
    attempts: Iterable[SignIn],
    this: UUID | None,
    factors: SecondFactors | None,
    outside: Iterable[OutsideLine],
) -> SessionsPage:
    """Where one is signed in, and the latest attempts."""
    return SessionsPage(
        sessions=tuple(
            SessionLine(
                public_id=one.public_id,
                device=device_of(one.agent),
                address=one.address,
                since_at=one.since_at,
                seen_at=one.seen_at,
                is_this=one.public_id == this,
                second=proof_words(one.second),
            )
            for one in sessions
        ),
        attempts=tuple(
            SignInLine(
                one.at,
                one.get_outcome_display(),
                {"signed_in": "good", "password_right": "info"}.get(one.outcome, "warn"),
                one.address,
            )
            for one in attempts
        ),
        factors=factors,
        outside=tuple(outside),
    )
