"""Keys (换密钥): both keys of the data are changed, and the algorithms with them, while windows work."""

import base64
import json
import secrets
import subprocess
import time
from urllib.parse import quote

from bench.drills import reckoning
from bench.drills.crew import crew
from bench.drills.report import Section
from bench.drills.stage import FIRST, Stage, stage
from bench.drills.window import Window, together
from tools import house, processes
from tools.house import ROOT

PER_STEP = 12
REBUILT_BY = 20
TAKEN_BY = 60.0
STALE = """
    SELECT (SELECT count(*) FROM people_persondocument WHERE left(number_hash, 2) <> '02')
         + (SELECT count(*) FROM people_searchkey WHERE left(key, 1) IN ('d', 'l', 't') AND substr(key, 2, 2) <> '02')"""
TWICE = """
    SELECT count(*) FROM (SELECT number_hash, kind FROM people_persondocument WHERE until IS NULL
    GROUP BY 1, 2 HAVING count(*) > 1) twice"""


def run() -> Section:
    """New keys put behind, then first, then the data changed (and once stopped on the way), then the old ones away."""
    section = Section(
        "keys",
        "换密钥：受理期间把字段密钥、索引密钥从 SM4/SM3 换成 AES-256/SHA-256；新旧并存、中途停一次、移除旧密钥",
    )
    with stage("keys") as on:
        old = house.read_env(on.product.server.env_file)
        first = {"field": json.loads(old["YIMEN_FIELD_KEYS"])["k1"], "index": old["YIMEN_INDEX_KEY"]}
        new = {name: f"aes:{base64.b64encode(secrets.token_bytes(32)).decode()}" for name in first}
        with on.product.owner() as owner:
            since = reckoning.marks(owner)
        with crew(on, 4, within=900) as people:
            people.await_answers(PER_STEP)
            person = _register(on, "先登记")
            for order in (("k1", "k2"), ("k2", "k1")):
                _keys(on, {name: {"k1": first[name], "k2": new[name]} for name in first}, order)
                people.await_more(PER_STEP)
                section.must(_finds(on, person), f"not found by number while the keys are {order}")
            stopped = _stop_on_the_way(on)
            begun = time.monotonic()
            on.product.manage("reseal_fields")
            told = on.product.manage("rebuild_indexes", "--portion", str(REBUILT_BY)).splitlines()
            seconds = round(time.monotonic() - begun, 1)
            people.await_more(PER_STEP)
            _keys(on, {name: {"k2": new[name]} for name in first}, ("k2",))
            people.await_more(PER_STEP)
            section.must(_finds(on, person), "not found by number under the new key alone")
            _register(on, "后登记")
        drained = reckoning.drain(on.product)
        with on.product.owner() as owner:
            found = reckoning.compare(owner, since, people.asked)
            section.must(not reckoning.one(owner, STALE), "hashes of the old key are left")
            section.must(not reckoning.one(owner, TWICE), "a number stands twice")
        section.wrong += found.wrong
        section.prove(on.product, "verify_trail", "prove_numbers")
        section.figures |= {
            "stopped on the way, and begun again": stopped,
            "both commands, while windows worked, s": seconds,
            "rebuild_indexes said at the end": told[-1],
            **found.figures(),
            **together(people.windows),
            "seconds until no job waited": round(drained, 1),
        }
        product = on.product
    product.remove()
    return section


def _keys(on: Stage, told: dict[str, dict[str, str]], order: tuple[str, ...]) -> None:
    """Every process starts again with these keys, in this order; pages that are under way are answered first."""
    rings = {name: json.dumps({number: keys[number] for number in order}) for name, keys in told.items()}
    on.product.also(YIMEN_FIELD_KEYS=rings["field"], YIMEN_INDEX_KEY=rings["index"])
    on.product.processes.end()
    on.product.start("web")
    on.product.start("worker")
    on.product.await_health()


def _stop_on_the_way(on: Stage) -> str:
    """Begin to change the hashes and end the command in the middle, as somebody does who sees that it is late."""
    begun = subprocess.Popen(
        processes.manage("rebuild_indexes", "--portion", "1"),
        cwd=ROOT, env=on.product.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    said = ""
    for line in begun.stdout or ():
        said = line.strip()
        if said.startswith("居民档案") and "已换" in said:
            break
    begun.kill()
    begun.wait()
    return said


def _register(on: Stage, name: str) -> str:
    """Put somebody on file at a window, with a telephone of her own, which is answered."""
    window = Window(on.product.url, on.clerks(1)[0])
    window.sign_in(until=time.monotonic() + TAKEN_BY)
    phone = f"139{secrets.randbelow(10**8):08d}"
    form = window.get("/people/new")
    key = form.text.split('name="request_key" value="')[1].split('"')[0]
    told = {"name": name, "phone": phone, "community": FIRST + "002", "request_key": key}
    window.post("/people/new", told)
    return phone


def _finds(on: Stage, phone: str) -> bool:
    window = Window(on.product.url, on.clerks(1)[0])
    window.sign_in(until=time.monotonic() + TAKEN_BY)
    return "先登记" in window.get(f"/people/?q={quote(phone)}").text
