"""Papers for TLS: computers that trust the authority trust the product, and nothing else in its name."""

import ipaddress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from tools.certificates import papers
from tools.house import Stop

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
NAMES = ["192.168.1.10", "yimen.panhuo.lan"]


def subject(name):
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def trusted(kept, name, *, at=NOW):
    """Would a computer that trusts the authority open this name?"""
    authority, shown = (
        x509.load_pem_x509_certificate(path.read_bytes()) for path in (kept.authority, kept.certificate)
    )
    verifier = PolicyBuilder().store(Store([authority])).time(at).build_server_verifier(subject(name))
    try:
        verifier.verify(shown, [])
    except VerificationError:
        return False
    return True


@pytest.mark.parametrize("name", [*NAMES, "127.0.0.1", "localhost"])
def test_the_names_that_were_told_are_trusted(tmp_path, name):
    assert trusted(papers(tmp_path / "tls", NAMES, now=NOW), name)


@pytest.mark.parametrize("name", ["192.168.1.11", "bank.example.com", "panhuo.lan"])
def test_no_other_name_is_trusted(tmp_path, name):
    assert not trusted(papers(tmp_path / "tls", NAMES, now=NOW), name)


def test_the_same_papers_serve_until_a_month_before_their_end_and_the_authority_stays(tmp_path):
    first = papers(tmp_path / "tls", NAMES, now=NOW)
    shown, authority = first.certificate.read_bytes(), first.authority.read_bytes()
    papers(tmp_path / "tls", NAMES, now=NOW + timedelta(days=300))
    assert first.certificate.read_bytes() == shown
    later = NOW + timedelta(days=370)
    papers(tmp_path / "tls", NAMES, now=later)
    assert first.certificate.read_bytes() != shown and first.authority.read_bytes() == authority
    assert trusted(first, NAMES[0], at=later + timedelta(days=300))


def test_another_address_of_the_building_needs_no_new_trust(tmp_path):
    first = papers(tmp_path / "tls", NAMES, now=NOW)
    authority = first.authority.read_bytes()
    moved = papers(tmp_path / "tls", ["10.20.30.40", "desk.yimen.panhuo.lan"], now=NOW)
    assert trusted(moved, "10.20.30.40") and trusted(moved, "desk.yimen.panhuo.lan")
    assert not trusted(moved, NAMES[0]) and moved.authority.read_bytes() == authority


def test_a_name_the_authority_may_not_speak_for_is_refused_in_a_sentence(tmp_path):
    papers(tmp_path / "tls", NAMES, now=NOW)
    with pytest.raises(Stop, match=r"may not speak for yimen\.example\.org"):
        papers(tmp_path / "tls", ["yimen.example.org"], now=NOW)


@pytest.mark.parametrize("name", ["一门", "https://yimen.lan", "a b", ""])
def test_what_is_no_name_is_refused_and_nothing_is_left(tmp_path, name):
    with pytest.raises(Stop, match="no name"):
        papers(tmp_path / "tls", [name], now=NOW)
    assert list((tmp_path / "tls").iterdir()) == []


def test_nobody_else_reads_the_keys(tmp_path):
    kept = papers(tmp_path / "tls", NAMES, now=NOW)
    for path in (kept.key, tmp_path / "tls" / "authority.key"):
        assert path.stat().st_mode & 0o077 == 0
