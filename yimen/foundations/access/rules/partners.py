"""Other systems by which one may come in (外部登录), as the installation names them: OpenID Connect Core 1.0, RFC 7636 (PKCE)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost"}
KEYS = {"key", "title", "issuer", "client_id", "secret", "scope", "second_factor"}


@dataclass(frozen=True)
class Partner:
    """A system whose word about who somebody is counts here (外部登录系统), by OpenID Connect.

    ``second_factor``: whoever it names has proven two factors there, and is asked for none here.
    """

    key: str
    title: str
    issuer: str
    client_id: str
    secret: str
    scope: str = "openid"
    second_factor: bool = False


def read_partners(told: Sequence[Mapping[str, Any]]) -> tuple[Partner, ...]:
    """The partners of an installation. Refuses as ValueError what is unknown, missing, told twice, or not under TLS."""
    partners = []
    for one in told:
        if unknown := set(one) - KEYS:
            raise ValueError(f"外部登录系统的设置里有不认识的项：{'、'.join(sorted(unknown))}")
        if missing := {"key", "title", "issuer", "client_id", "secret"} - set(one):
            raise ValueError(f"外部登录系统的设置缺少：{'、'.join(sorted(missing))}")
        address = urlsplit(one["issuer"])
        if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
            raise ValueError(f"外部登录系统的地址应以 https:// 开头：{one['issuer']}")
        partners.append(Partner(**one))
    keys = [partner.key for partner in partners]
    if len(set(keys)) != len(keys):
        raise ValueError("外部登录系统的 key 有重复")
    return tuple(partners)
