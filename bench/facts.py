"""What a loaded database holds (装载清单): written once by the loader, read by workloads and drills.

It stands in var/bench/<people>/loaded.json beside the data and is as secret as they are: passwords are in it.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "bench"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in (账号). ``role`` is the key of the role definition, ``area`` where she holds it."""

    username: str
    password: str
    name: str
    role: str
    area: str


@dataclass(frozen=True)
class Known:
    """A resident out of the sample (已知居民), with what the searches look for."""

    public_id: str
    name: str
    initials: str
    id_number: str
    phone: str
    address: str
    street: str
    community: str
    sex: str
    birth_on: str


@dataclass(frozen=True)
class Loaded:
    """A database of so many residents, and who and what is in it.

    - ``accounts``: everybody who can sign in; ``of(role, area)`` picks.
    - ``persons``: a sample of about 5,000, evenly over all communities.
    - ``list_actor``: username of the account with all cases of the fullest street in reach; ``cases_in_reach`` many.
    - ``open_cases``: public ids of open cases of that street, in the order of their numbers.
    - ``matters``: key → what ``accept`` needs (see bench/load.py): its form's answers and papers, as the page posts them.
    - ``plan``: the key of the plan whose targets read the loaded entries; ``leader`` who reads it.
    - ``months``: first and last month with entries, ``YYYY-MM-01``.
    - ``today``: the last day of the invented past. Deeds after it are the bench's own.
    """

    people: int
    seed: int
    stamp: str
    today: str
    county: str
    streets: list[str]
    communities: list[str]
    accounts: list[Account]
    persons: list[Known]
    list_actor: str
    cases_in_reach: int
    leader: str
    plan: str
    months: list[str]
    matters: dict[str, dict] = field(default_factory=dict)
    open_cases: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)

    def account(self, username: str) -> Account:
        return next(one for one in self.accounts if one.username == username)

    def of(self, role: str, area: str = "") -> list[Account]:
        """Accounts holding this role, in this area if one is named."""
        return [one for one in self.accounts if one.role == role and one.area.startswith(area)]

    def save(self, path: Path | None = None) -> Path:
        """Write it whole or not at all, readable for its owner only."""
        path = path or path_of(self.people)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(asdict(self), out, ensure_ascii=False, indent=1)
        new.rename(path)
        return path


def path_of(people: int) -> Path:
    return FOLDER / str(people) / "loaded.json"


def load(people: int, path: Path | None = None) -> Loaded | None:
    """The list written for so many people, or None where nothing (or an older form of it) was kept."""
    try:
        told = json.loads((path or path_of(people)).read_text(encoding="utf-8"))
        told["accounts"] = [Account(**one) for one in told["accounts"]]
        told["persons"] = [Known(**one) for one in told["persons"]]
        return Loaded(**told)
    except (OSError, ValueError, KeyError, TypeError):
        return None
