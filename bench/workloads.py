"""The work that is measured: what each client does over and over, and by what its answer is known to be right."""

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import uuid4

import psycopg

from bench.clients import Answer, Client, Step
from bench.facts import Account, Known, Loaded
from yimen.standards.citizen_id import check_character

# How people search (design of the bench): a whole name, a lone surname or two initials, a number, its tail, phone or home.
SEARCHES = {
    "full_name": 40,
    "surname": 10,
    "initials": 10,
    "id_number": 20,
    "last_four": 10,
    "phone": 5,
    "address": 5,
}
MIXED = {"search": 40, "file": 25, "home": 10, "list": 10, "accept": 8, "register": 7}
LISTS = {"/desk/lists/running/": 2, "/desk/lists/late/": 1, "/desk/": 2}
# Numbers of residents who come new: from divisions no loaded population is born in, so that none is on file, and from so
# many that chance hardly draws one twice.
NEW_DIVISIONS = tuple(str(510000 + 100 * city + county) for city in range(1, 21) for county in range(1, 21))
COMMON_MATTER = "birth_registration"
_PERSON = re.compile(r"/people/[0-9a-f-]{36}/")
_CASE = re.compile(r"/desk/cases/[0-9a-f-]{36}/taken-in/")
_ROW = re.compile(rb"<tr[ >]")
_NEXT = re.compile(rb'href="([^"]*[?&;]after=[^"]*)"')


# Who comes to the window. A database is kept from one run to the next, and those of its sample have come hundreds of times;
# a resident with hundreds of cases is nobody one meets.
_WHO_COMES = """
    SELECT public_id::text, name FROM people_person AS person
    WHERE starts_with(community, %s) AND merged_into_id IS NULL AND died_on IS NULL
    AND (SELECT count(*) FROM desk_case WHERE person = person.public_id) <= 3
    LIMIT 2000
"""


class Resident(NamedTuple):
    """A resident whose file is opened, for whom something is taken in."""

    public_id: str
    name: str


@dataclass
class Desk:
    """One client at work: who she is, whom she may look for, and a chance of her own."""

    client: Client
    account: Account
    persons: Sequence[Known]
    facts: Loaded
    chance: random.Random
    residents: Sequence[Resident] = ()
    _turn: Iterator[Known] | None = None
    _next: Iterator[Resident] | None = None
    made: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    next_page: str = ""

    def somebody(self, field: str) -> Known:
        """The next one of whom this is known."""
        return next(one for one in iter(self.anybody, None) if getattr(one, field))

    def anybody(self) -> Known:
        """The next resident of hers, each once before anyone comes again."""
        if self._turn is None:
            order = list(self.persons)
            self.chance.shuffle(order)
            self._turn = itertools.cycle(order)
        return next(self._turn)

    def resident(self) -> Resident:
        """The next resident who comes to the window: one of many, with as few cases as most people have."""
        if self._next is None:
            self._next = itertools.cycle(self.chance.sample(self.residents, len(self.residents)))
        return next(self._next)


def search(desk: Desk, key: str = "") -> tuple[str, str]:
    """Find a resident by one of the keys: the page with the results."""
    key = key or _one_of(SEARCHES, desk.chance)
    known = desk.anybody() if key not in ("phone", "address") else desk.somebody(key)
    match key:
        case "id_number":
            # A number stands in no address: it is posted, and opens the file.
            answer = desk.client.post("/people/card", {"q": known.id_number})
            right = answer.status == 302 and known.public_id in answer.location
            return key, "" if right else _fault(key, answer)
        case "full_name":
            words, mark = known.name, f">{known.name}</a>"
        case "surname":
            words, mark = known.name[0], f">{known.name[0]}"
        case "initials":
            words, mark = known.initials[:2], 'class="person-name"'
        case "last_four":
            words, mark = known.id_number[-4:], f"证件后四位 {known.id_number[-4:]}"
        case "phone":
            words, mark = known.phone, known.public_id
        case _:
            words, mark = known.address, known.address
    answer = desk.client.get(f"/search?q={quote(words)}")
    return key, "" if answer.status == 200 and answer.holds(mark) else _fault(key, answer)


def search_box(desk: Desk) -> tuple[str, str]:
    """The same as it is typed into the box of every page: posted, and then the page it leads to."""
    known = desk.anybody()
    first = desk.client.post("/search", {"q": known.name})
    if first.status != 302:
        return "box", _fault("box", first)
    answer = desk.client.get(first.location)
    return "box", "" if answer.status == 200 and answer.holds(f">{known.name}</a>") else _fault("box", answer)


def open_file(desk: Desk) -> tuple[str, str]:
    """Open a resident's file, as she stands at the window; each opening leaves a look."""
    known = desk.resident()
    answer = desk.client.get(f"/people/{known.public_id}/")
    return "file", "" if answer.status == 200 and answer.holds(known.name) else _fault("file", answer)


def register(desk: Desk) -> tuple[str, str]:
    """Put a new resident on file, as the form is sent."""
    like = desk.anybody()
    number, sex = new_number(desk.chance)
    told = {
        "request_key": str(uuid4()),
        "id_number": number,
        "name": like.name[0] + desk.chance.choice("安柏辰丹恩芳歌佳康兰") + desk.chance.choice("明宁平晴蓉"),
        "sex": sex,
        "birth_on": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
        "phone": f"139{desk.chance.randrange(10**8):08d}",
        "community": like.community,
        "lives_address": like.address,
        "hukou": "same",
    }
    answer = desk.client.post("/people/new", told)
    right = answer.status == 302 and _PERSON.search(answer.location)
    if right:
        desk.made.append(answer.location)
    return "register", "" if right else _fault("register", answer)


def accept(desk: Desk) -> tuple[str, str]:
    """Accept an application with its papers: the whole form, to the redirect that says it is taken in."""
    known = desk.resident()
    told = _as_sent(desk.facts.matters[COMMON_MATTER]) | {"request_key": str(uuid4()), "act": "accept"}
    answer = desk.client.post(f"/desk/new/{COMMON_MATTER}/?person={known.public_id}", told)
    right = answer.status == 302 and _CASE.search(answer.location)
    if right:
        desk.made.append(answer.location)
    return "accept", "" if right else _fault("accept", answer)


def open_list(desk: Desk) -> tuple[str, str]:
    """Open a work list, or the next page of it."""
    address = _one_of(LISTS, desk.chance)
    if desk.next_page and desk.chance.random() < 0.25:
        address, desk.next_page = desk.next_page, ""
    answer = desk.client.get(address)
    rows = len(_ROW.findall(answer.body))
    if answer.status != 200 or rows < 2:
        return "list", _fault("list", answer)
    if found := _NEXT.search(answer.body):
        desk.next_page = found[1].decode().replace("&amp;", "&")
    return "list", ""


def read_plan(desk: Desk) -> tuple[str, str]:
    """The monthly figures of a plan."""
    answer = desk.client.get(f"/plans/{desk.facts.plan}/")
    return "plan", "" if answer.status == 200 and _ROW.search(answer.body) else _fault("plan", answer)


def doubles(desk: Desk) -> tuple[str, str]:
    """The first page of pairs that may be one person (疑似重复)."""
    answer = desk.client.get("/people/doubles/")
    return "doubles", "" if answer.status == 200 and answer.holds("疑似重复") else _fault("doubles", answer)


def compare(desk: Desk) -> tuple[str, str]:
    """Two files side by side with what a merge would do (合并预览); opening them leaves a look at each."""
    keep, alias = desk.resident(), desk.resident()
    answer = desk.client.get(f"/people/{keep.public_id}/compare/{alias.public_id}")
    right = answer.status == 200 and answer.holds("合并成一份")
    return "compare", "" if right else _fault("compare", answer)


def merge(desk: Desk) -> tuple[str, str]:
    """Put one file into another, and the next time take that back: what was loaded stands there again."""
    if desk.merged:
        return "undo", put_back(desk)
    keep, alias = desk.resident(), desk.resident()
    answer = desk.client.post(
        f"/people/{keep.public_id}/merge/{alias.public_id}", {"reason": "当面核对，同一个人"}
    )
    right = answer.status == 302 and answer.location == f"/people/{keep.public_id}/"
    if right:
        desk.merged.append(alias.public_id)
    return "merge", "" if right else _fault("merge", answer)


def put_back(desk: Desk) -> str:
    """Take back the merge that stands, if one does; answers what was wrong."""
    if not desk.merged:
        return ""
    alias = desk.merged.pop()
    answer = desk.client.post(f"/people/{alias}/undo-merge", {"reason": "核对后是两个人", "read": "on"})
    right = answer.status == 302 and answer.location.endswith(f"/compare/{alias}")
    return "" if right else _fault("undo", answer)


def first_page(desk: Desk) -> tuple[str, str]:
    """The first page of a post: what to do next."""
    answer = desk.client.get("/")
    right = answer.status == 200 and answer.holds(desk.account.name)
    return "home", "" if right else _fault("home", answer)


def mixed(desk: Desk) -> tuple[str, str]:
    """A morning at the windows; one in eight clients reads the plan."""
    if desk.account.username == desk.facts.leader:
        return read_plan(desk)
    return DEEDS[_one_of(MIXED, desk.chance)](desk)


DEEDS = {
    "search": search,
    "search_box": search_box,
    "file": open_file,
    "register": register,
    "accept": accept,
    "list": open_list,
    "plan": read_plan,
    "home": first_page,
    "mixed": mixed,
    "doubles": doubles,
    "compare": compare,
    "merge": merge,
}
# What is measured with many clients and with one, what only with many, and what one does at a time.
BOTH = ("search", "file", "register", "accept", "list", "plan")
MANY = (*(f"search:{key}" for key in SEARCHES), "search_box", "home", "mixed")
ALONE = ("doubles", "compare", "merge")
LOOKED_AT = 3
SESSIONS = 4
# Whose work it is: a role, or the two the loader names.
POSTS = {"list": "list_actor", "plan": "leader", **dict.fromkeys(ALONE, "section_chief")}


@dataclass
class Hall:
    """Where clients are seated: they sign in once and keep their cookies from one workload to the next.

    An account signs in at most four times; further clients of it are tabs of the same browsers. ``owner`` opens the database,
    to see who lives in an area.
    """

    host: str
    facts: Loaded
    owner: Callable[[], AbstractContextManager[psycopg.Connection]]
    signed_in: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    who_comes: dict[str, list[Resident]] = field(default_factory=dict)

    def client(self, account: Account, number: int, port: int) -> Client:
        """The nth client of an account."""
        jars = self.signed_in.setdefault(account.username, [])
        client = Client(self.host, port)
        if number % SESSIONS < len(jars):
            client.cookies = jars[number % SESSIONS]
        else:
            jars.append(client.sign_in(account.username, account.password).cookies)
        return client

    def residents(self, area: str) -> list[Resident]:
        """Who comes to the window of an area, asked once in a run."""
        if area not in self.who_comes:
            with self.owner() as owner:
                self.who_comes[area] = [Resident(*row) for row in owner.execute(_WHO_COMES, [area])]
        return self.who_comes[area]


def seat(workload: str, hall: Hall, *, port: int, clients: int) -> list[Desk]:
    """So many signed-in clients for a workload."""
    facts = hall.facts
    accounts = _accounts(workload, facts, clients)
    seated: Counter[str] = Counter()
    desks = []
    for number in range(clients):
        account = accounts[number % len(accounts)]
        if workload == "mixed" and number == 7:
            account = facts.account(facts.leader)
        client = hall.client(account, seated[account.username], port)
        seated[account.username] += 1
        persons = [one for one in facts.persons if one.community.startswith(account.area)]
        chance = random.SystemRandom()
        desks.append(Desk(client, account, persons, facts, chance, hall.residents(account.area)))
    return desks


def step_of(workload: str, desk: Desk) -> Step:
    """What `drive` repeats; ``search:phone`` is the search by that key alone."""
    name, _, key = workload.partition(":")
    deed = DEEDS[name]
    return (lambda: deed(desk, key)) if key else (lambda: deed(desk))


def look_again(desk: Desk) -> list[str]:
    """What was made is there: some of it is opened, and what is wrong with it told."""
    some = desk.chance.sample(desk.made, min(LOOKED_AT, len(desk.made)))
    return [f"made, but {answer.status}" for answer in map(desk.client.get, some) if answer.status != 200]


def new_number(chance: random.Random) -> tuple[str, str]:
    """An invented, valid id number that nobody bears, and the sex it says."""
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(24_000))
    first = f"{chance.choice(NEW_DIVISIONS)}{born:%Y%m%d}{chance.randrange(1000):03d}"
    return first + check_character(first), "male" if int(first[16]) % 2 else "female"


def _accounts(workload: str, facts: Loaded, clients: int) -> list[Account]:
    post = POSTS.get(workload.partition(":")[0], "window_clerk")
    if post in ("list_actor", "leader"):
        return [facts.account(getattr(facts, post))]
    clerks = facts.of(post)
    if workload in ("accept", "mixed"):
        # A window lies in a street; who holds the post over a whole county finds and registers, and accepts nowhere.
        clerks = [one for one in clerks if len(one.area) > len(facts.county)]
    step = max(1, len(clerks) // clients)
    return clerks[::step][:clients]


def _as_sent(matter: dict[str, Any]) -> dict[str, str]:
    """Answers and papers as the fields of the page carry them."""
    words = {True: "yes", False: "no"}
    answers = {
        key: words[value] if isinstance(value, bool) else str(value)
        for key, value in matter["answers"].items()
    }
    return (
        answers
        | {f"paper-{key}": state for key, state in matter["papers"].items()}
        | {"intake-source": "counter"}
    )


def _one_of(weights: dict[str, int], chance: random.Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _fault(what: str, answer: Answer) -> str:
    """What was wrong, short enough to be counted together."""
    said = re.search(
        r"(?:invalid-feedback|alert)[^>]*>\s*(?:<[^>]+>\s*)*([^<]{2,80})",
        answer.body.decode("utf-8", "replace"),
    )
    return f"{what}: {answer.status}{' ' + said[1].strip() if said else ''}"
