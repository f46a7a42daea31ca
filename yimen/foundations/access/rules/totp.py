"""One-time codes (动态口令): RFC 6238 with SHA-1, six digits and half a minute, which every authenticator app understands."""

import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from hmac import compare_digest
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from yimen.kernel.text import narrow

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20  # RFC 4226, 4: as long as the digest
# A phone may be half a minute off, and typing takes time.
STEPS_AROUND = 1
RECOVERY_CODES = 10
RECOVERY_DIGITS = 10
ISSUER = "Yimen"


def new_secret() -> str:
    """A new secret, as it is typed into a phone: 32 letters and digits of base 32."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(at: datetime) -> int:
    """The number of the half-minute."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of one half-minute (动态口令)."""
    # The norm is made of SHA-1, and HMAC does not suffer from what SHA-1 suffers from.
    totp = TOTP(b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # nosec B303 - RFC 6238
    return totp.generate(step * STEP_SECONDS).decode()


def matching_step(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The half-minute to which a code belongs; None when it is wrong, too old, or was used before.

    ``after`` is the last half-minute whose code was taken: a code that somebody read over the shoulder is worth nothing.
    """
    now = step_of(at)
    found = None
    for step in range(now - STEPS_AROUND, now + STEPS_AROUND + 1):
        if compare_digest(code_at(secret, step), code) and step > after:
            found = step
    return found


def as_code(typed: str) -> str:
    """What was typed, as digits: full-width becomes half-width, blanks and hyphens go."""
    return "".join(character for character in narrow(typed) if character.isascii() and character.isdigit())


def in_groups(text: str, size: int) -> str:
    """For reading and typing: ABCD EFGH."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def otpauth(secret: str, *, username: str) -> str:
    """What the drawn code says to an authenticator app."""
    words = {"secret": secret, "issuer": ISSUER, "digits": DIGITS, "period": STEP_SECONDS}
    return f"otpauth://totp/{ISSUER}:{quote(username)}?{urlencode(words)}"


def new_recovery_codes() -> list[str]:
    """Codes for a lost phone (恢复码): ten digits each, which can be typed on any keyboard and read aloud."""
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add(f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}d}")
    return list(codes)
