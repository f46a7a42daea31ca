"""Identifiers made in Python: UUID version 7 (RFC 9562, section 5.7), sortable by the time they were made."""

import secrets
import threading
import time
import uuid

_COUNTER_BITS = 12
_COUNTER_LIMIT = 1 << _COUNTER_BITS
_MS_LIMIT = 1 << 48
# The first hexadecimal digit of the rest carries the variant in its two upper bits.
_WITH_VARIANT = {f"{digit:x}": f"{digit & 3 | 8:x}" for digit in range(16)}

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
    ((now, counters),) = _next_steps(1)
    return _made(now, counters[0])


def uuid7_texts(count: int) -> list[str]:
    """So many at once, as texts in the order they were made: for rows that are written by the thousand."""
    chance, place, made = secrets.token_hex(8 * count), 0, []
    for ms, counters in _next_steps(count):
        digits = f"{ms:012x}"
        head = f"{digits[:8]}-{digits[8:]}-7"
        for counter in counters:
            rest = chance[place : place + 16]
            place += 16
            made.append(f"{head}{counter:03x}-{_WITH_VARIANT[rest[0]]}{rest[1:4]}-{rest[4:]}")
    return made


def uuid7_ms(value: uuid.UUID) -> int:
    """The milliseconds since 1970-01-01 UTC that a UUIDv7 carries. Refuses other versions."""
    if value.version != 7:
        raise ValueError("不是第 7 版 UUID，读不出时间")
    return value.int >> 80


def _next_steps(count: int) -> list[tuple[int, range]]:
    """So many steps: milliseconds, each with a run of the counter."""
    global _last_ms, _counter
    with _lock:
        # The one clock of the kernel: an identifier is no fact about the street's day, only a place in an order.
        now = time.time_ns() // 1_000_000
        if now > _last_ms:
            _last_ms, _counter = now, secrets.randbits(_COUNTER_BITS - 1) - 1
        steps = []
        while count:
            if _counter + 1 == _COUNTER_LIMIT:  # 2048 and more within one millisecond: borrow the next one
                _last_ms, _counter = _last_ms + 1, secrets.randbits(_COUNTER_BITS - 1) - 1
            last = min(_counter + count, _COUNTER_LIMIT - 1)
            steps.append((_last_ms, range(_counter + 1, last + 1)))
            count -= last - _counter
            _counter = last
        return steps


def _made(ms: int, counter: int) -> uuid.UUID:
    return uuid.UUID(int=ms << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | secrets.randbits(62))
