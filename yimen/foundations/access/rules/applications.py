"""Other systems that sign in by ours (接入系统), as the installation names them: OpenID Connect Core 1.0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

KEYS = {"client_id", "title", "secret", "back", "kinds"}
SHORTEST_SECRET = 20


@dataclass(frozen=True)
class Application:
    """A system that takes our word for who somebody is (接入系统). ``back`` are its addresses to come back to, ``kinds`` whose
    accounts it may know.
    """

    client_id: str
    title: str
    secret: str
    back: tuple[str, ...]
    kinds: tuple[str, ...] = ("staff",)

    def has_secret(self, told: str) -> bool:
        return compare_digest(self.secret.encode(), told.encode())


def read_applications(told: Sequence[Mapping[str, Any]]) -> tuple[Application, ...]:
    """The applications of an installation. Refuses as ValueError what is unknown, missing, told twice, weak or not under TLS."""
    applications = []
    for one in told:
        if unknown := set(one) - KEYS:
            raise ValueError(f"接入系统的设置里有不认识的项：{'、'.join(sorted(unknown))}")
        if missing := {"client_id", "title", "secret", "back"} - set(one):
            raise ValueError(f"接入系统的设置缺少：{'、'.join(sorted(missing))}")
        if len(one["secret"]) < SHORTEST_SECRET:
            raise ValueError(f"接入系统 {one['client_id']} 的 secret 不足 {SHORTEST_SECRET} 个字符")
        if any(urlsplit(address).scheme != "https" for address in one["back"]):
            raise ValueError(f"接入系统的返回地址应以 https:// 开头：{'、'.join(one['back'])}")
        lists = {name: tuple(one[name]) for name in ("back", "kinds") if name in one}
        applications.append(Application(**dict(one) | lists))
    names = [one.client_id for one in applications]
    if len(set(names)) != len(names):
        raise ValueError("接入系统的 client_id 有重复")
    return tuple(applications)
