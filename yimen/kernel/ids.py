"""Identifiers made in Python: UUID version 7 (RFC 9562, section 5.7), sortable by the time they were made."""

import secrets
import threading
import time
import uuid

_COUNTER_BITS = 12
_COUNTER_LIMIT = 1 << _COUNTER_BITS
_MS_LIMIT = 1 << 48
_VARIANT = 0b10 << 62
_REST = (1 << 62) - 1

_lock = threading.Lock()
_last_ms = -1
_counter = 0


def uuid7(ms: int | None = None) -> uuid.UUID:
    """A new UUIDv7.

    Without `ms` the time is read from the machine's clock, and within this process every answer is greater than the one
    before, also when the clock stands still or is set back (RFC 9562, section 6.2, method 1: a counter in the 12 bits
    after the version). With `ms` (milliseconds since 1970-01-01 UTC) the answer carries exactly that time and a random
    rest; such answers are unique but not ordered among themselves.
    """
    if ms is not None:
        if isinstance(ms, bool) or not isinstance(ms, int) or not 0 <= ms < _MS_LIMIT:
            raise ValueError("毫秒数超出 UUIDv7 能表示的范围")
        return _made(ms, secrets.randbits(_COUNTER_BITS))
    return _made(*_next_steps(1)[0])


def uuid7_texts(count: int) -> list[str]:
    """So many at once, as texts in the order they were made: for rows that are written by the thousand."""
    chance, made = secrets.token_bytes(8 * count), []
    for place, (ms, counter) in enumerate(_next_steps(count)):
        rest = int.from_bytes(chance[8 * place : 8 * place + 8]) & _REST | _VARIANT
        digits = f"{ms:012x}7{counter:03x}{rest:016x}"
        made.append(f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}")
    return made


def uuid7_ms(value: uuid.UUID) -> int:
    """The milliseconds since 1970-01-01 UTC that a UUIDv7 carries. Refuses other versions."""
    if value.version != 7:
        raise ValueError("不是第 7 版 UUID，读不出时间")
    return value.int >> 80


def _next_steps(count: int) -> list[tuple[int, int]]:
    with _lock:
        # The one clock of the kernel: an identifier is no fact about the street's day, only a place in an order.
        now = time.time_ns() // 1_000_000
        return [_step(now) for _ in range(count)]


def _step(now: int) -> tuple[int, int]:
    global _last_ms, _counter
    if now > _last_ms:
        _last_ms, _counter = now, secrets.randbits(_COUNTER_BITS - 1)
    else:
        _counter += 1
        if _counter == _COUNTER_LIMIT:  # 2048 and more within one millisecond: borrow the next one
            _last_ms, _counter = _last_ms + 1, secrets.randbits(_COUNTER_BITS - 1)
    return _last_ms, _counter


def _made(ms: int, counter: int) -> uuid.UUID:
    return uuid.UUID(int=ms << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62))
