"""A sealed stream gives back what was put in, or says what is wrong with it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.backups.sealing import MAGIC, PIECE, Opener, Sealer
from tools.house import Stop

SECRET = b"a key that was drawn by lot"


def sealed(*parts: bytes, secret: bytes = SECRET) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, secret=secret)
    for part in parts:
        sealer.write(part)
    sealer.finish()
    return out.getvalue()


def opened(stream: bytes, secret: bytes = SECRET) -> bytes:
    return Opener(io.BytesIO(stream), secret=secret).read()


@given(st.lists(st.binary(max_size=200)))
def test_what_was_written_comes_out_in_order(parts):
    assert opened(sealed(*parts)) == b"".join(parts)


@pytest.mark.parametrize("size", [PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_long_streams_come_out_whole(size):
    content = bytes(index % 251 for index in range(size))
    assert opened(sealed(content)) == content


@given(st.data())
def test_a_changed_byte_anywhere_is_noticed(data):
    stream = bytearray(sealed(b"a street and its residents"))
    place = data.draw(st.integers(0, len(stream) - 1))
    stream[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Stop):
        opened(bytes(stream))


def test_a_stream_cut_off_between_two_pieces_is_no_whole_stream():
    stream = sealed(b"x" * (2 * PIECE))
    first = len(MAGIC) + 16
    after_one = first + 4 + int.from_bytes(stream[first : first + 4])
    with pytest.raises(Stop, match="cut off"):
        opened(stream[:after_one])


def test_pieces_that_change_places_are_noticed():
    stream = sealed(b"x" * PIECE + b"y" * PIECE + b"z")
    head, size = len(MAGIC) + 16, 4 + PIECE + 16
    changed = stream[:head] + stream[head + size : head + 2 * size] + stream[head : head + size]
    with pytest.raises(Stop):
        opened(changed + stream[head + 2 * size :])


def test_another_key_opens_nothing_and_the_sentence_names_the_key():
    with pytest.raises(Stop, match="YIMEN_BACKUP_KEY"):
        opened(sealed(b"a street"), secret=b"another key")


def test_another_file_is_no_backup():
    with pytest.raises(Stop, match="no backup"):
        opened(b"PK\x03\x04 a spreadsheet that somebody took for one")


def test_nothing_of_the_content_can_be_read_without_the_key():
    assert b"residents" not in sealed(b"a street and its residents")
