"""What the pages of access show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import segno
from django.utils.safestring import SafeString, mark_safe

from yimen.foundations.access.choices import proof_words
from yimen.foundations.access.rules.devices import device_of
from yimen.foundations.access.rules.totp import in_groups, otpauth

if TYPE_CHECKING:
    from django import forms

    from yimen.foundations.access.forms import PasswordForm, SignInForm
    from yimen.foundations.access.models import Passkey, Session, SignIn, Totp
    from yimen.foundations.access.queries import SecondFactors


@dataclass(frozen=True)
class SignInPage:
    form: SignInForm
    next: str
    sentence: str = ""
    came_for_something: bool = False


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
    )
