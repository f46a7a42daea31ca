"""What the pages of access show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from yimen.foundations.access.forms import PasswordForm, SignInForm
    from yimen.foundations.access.models import Session, SignIn

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome 内核"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "安卓"),
    ("iPhone|iPad", "苹果手机或平板"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SignInPage:
    form: SignInForm
    next: str
    sentence: str = ""
    came_for_something: bool = False


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


def sessions_page(
    *, sessions: Iterable[Session], attempts: Iterable[SignIn], this: UUID | None
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
            )
            for one in sessions
        ),
        attempts=tuple(
            SignInLine(
                one.at,
                one.get_outcome_display(),
                "good" if one.outcome == "signed_in" else "warn",
                one.address,
            )
            for one in attempts
        ),
    )


def device_of(agent: str) -> str:
    """A browser's own description in a few words (登录设备)."""
    words = [
        next((word for sign, word in signs if re.search(sign, agent)), "") for signs in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(word for word in words if word) or "未知设备"
