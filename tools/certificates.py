"""Papers for TLS inside a building: an authority of the house's own, and a certificate for the names it answers to.

A window computer trusts the authority once (``var/tls/authority.crt``) and all later certificates with it. The authority
may speak only for the names and addresses given and for private networks, so whoever steals its key can pretend to be this
product and nobody's bank.
"""

import ipaddress
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tools.house import Stop

AUTHORITY_FOR = timedelta(days=3650)
# Browsers refuse certificates that live longer than this, whoever signed them.
CERTIFICATE_FOR = timedelta(days=397)
RENEWED_BEFORE = timedelta(days=30)
LOCAL = ("localhost", "127.0.0.1")
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")


@dataclass(frozen=True)
class Papers:
    """Where the authority's certificate lies, which computers must trust, and what the web server shows."""

    authority: Path
    certificate: Path
    key: Path


def papers(folder: Path, names: Sequence[str], *, now: datetime | None = None) -> Papers:
    """The papers for these names and addresses, made or renewed when they are missing, other ones, or soon at their end.

    Refuses a name outside what an older authority may speak for: computers would have to trust a new one.
    """
    now = now or datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = Papers(folder / "authority.crt", folder / "server.crt", folder / "server.key")
    wanted = tuple(dict.fromkeys([*LOCAL, *names]))
    for name in wanted:
        _general(name)
    if not kept.authority.exists():
        _make_authority(folder, wanted, now=now)
    elif outside := [name for name in wanted if not _within(_read(kept.authority), name)]:
        raise Stop(
            f"The authority in {folder} may not speak for {', '.join(outside)}: remove the folder for a new one, "
            "which every computer must trust anew.",
            f"{folder} 中的内网根证书不包含 {'、'.join(outside)}：删除该目录会重新生成，各电脑需重新安装信任。",
        )
    if not _good(kept, wanted, now=now):
        _make_certificate(kept, folder / "authority.key", wanted, now=now)
    return kept


def _make_authority(folder: Path, names: Sequence[str], *, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Yimen {names[-1]} {now:%Y-%m-%d}")])
    permitted = [*map(_constraint, names), *(x509.IPAddress(ipaddress.ip_network(each)) for each in PRIVATE)]
    made = (
        _begun(name, name, key.public_key(), now=now, lasts=AUTHORITY_FOR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(
            x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(folder / "authority.key", key)
    _write(folder / "authority.crt", made.public_bytes(serialization.Encoding.PEM), mode=0o644)


def _make_certificate(kept: Papers, authority_key: Path, names: Sequence[str], *, now: datetime) -> None:
    authority = _read(kept.authority)
    signing = serialization.load_pem_private_key(authority_key.read_bytes(), None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[-1])])
    made = (
        _begun(subject, authority.subject, key.public_key(), now=now, lasts=CERTIFICATE_FOR)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .sign(signing, hashes.SHA256())
    )
    _write_key(kept.key, key)
    _write(kept.certificate, made.public_bytes(serialization.Encoding.PEM), mode=0o644)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        # A computer whose clock is some minutes behind must trust it, too.
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + lasts - timedelta(hours=1))
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _good(kept: Papers, names: Sequence[str], *, now: datetime) -> bool:
    """Is there a certificate, with its key, for just these names, and not near its end?"""
    if not (kept.certificate.exists() and kept.key.exists()):
        return False
    made = _read(kept.certificate)
    said = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(said) == {_general(name) for name in names} and made.not_valid_after_utc - now > RENEWED_BEFORE


def _within(authority: x509.Certificate, name: str) -> bool:
    permitted = (
        authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    )
    wanted = _general(name)
    if isinstance(wanted, x509.IPAddress):
        return any(isinstance(each, x509.IPAddress) and wanted.value in each.value for each in permitted)
    return any(
        isinstance(each, x509.DNSName) and (name == each.value or name.endswith(f".{each.value}"))
        for each in permitted
    )


def _constraint(name: str) -> x509.GeneralName:
    general = _general(name)
    return x509.IPAddress(ipaddress.ip_network(name)) if isinstance(general, x509.IPAddress) else general


def _general(name: str) -> x509.GeneralName:
    """An address or a name of the domain system. Refuses what is neither."""
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    if not name.isascii() or not name.replace("-", "").replace(".", "").isalnum():
        raise Stop(f"{name!r} is no name or address.", f"{name!r} 不是域名或地址。")
    return x509.DNSName(name.lower())


def _read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(path, text, mode=0o600)


def _write(path: Path, text: bytes, *, mode: int) -> None:
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        out.write(text)
    new.replace(path)
