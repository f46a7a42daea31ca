"""The figures as they were measured, the table that people read, and the place in the documentation where it stands."""

import json
from pathlib import Path
from typing import Any

from bench.meters import DURABILITY, percentile
from tools.house import ROOT, VAR

RESULT = VAR / "bench" / "result.json"
PAGE = ROOT / "docs" / "explain" / "speed.md"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
TITLES = {
    "search": "find a resident, all keys as mixed",
    "search:full_name": "… by the whole name",
    "search:surname": "… by a lone surname",
    "search:initials": "… by two initials",
    "search:id_number": "… by id number",
    "search:last_four": "… by the last four",
    "search:phone": "… by telephone",
    "search:address": "… by address",
    "search_box": "… by name from the box: the post and the page",
    "file": "open a file",
    "register": "register a resident",
    "accept": "accept a case with papers",
    "list": "open a work list",
    "plan": "monthly figures of a plan",
    "home": "open the first page",
    "mixed": "mixed: 40 search, 25 file, 10 first page, 10 list, 8 accept, 7 register of 100; one client reads the plan",
    "doubles": "pairs that may be one person: the list",
    "compare": "two files side by side, with what a merge would do",
    "merge": "merge two files, and take that back",
    "merge:merge": "… merge",
    "merge:undo": "… take back",
    "bare": "bare Django, 20 rows",
    "bare_signed_in": "bare Django, 20 rows, signed in",
    "bare_asking": "bare Django, 20 rows, signed in, with as many statements as a file, the others empty",
    "accept_sql": "the accept's statements alone (pgbench)",
}
# Of these works each kind of deed has a row of its own.
BY_KIND = ("merge",)
GROUPS = ("web", "database", "worker", "generator")


def measured(times: list[float], seconds: float) -> dict[str, float]:
    """Throughput and the three percentiles, in milliseconds."""
    return {
        "count": len(times),
        "per_second": round(len(times) / seconds, 1) if seconds else 0.0,
        **{f"p{share}": round(1000 * percentile(times, share / 100), 1) for share in (50, 95, 99)},
    }


def wrong(result: dict[str, Any]) -> int:
    """How many answers were wrong in all."""
    runs = [run for loaded in result["sizes"].values() for run in loaded["runs"]] + result["floor"]
    return sum(count for run in runs for count in run["wrong"].values())


def save(result: dict[str, Any], path: Path = RESULT) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(result: dict[str, Any]) -> str:
    """The whole report as Markdown."""
    parts = [_machine(result)]
    for people, loaded in result["sizes"].items():
        parts += [f"### {int(people):,} residents", _rows(loaded["runs"]), *_beside(loaded)]
    if result.get("floor"):
        parts += ["### The floor", _rows(result["floor"])]
    if len(result["sizes"]) > 1:
        parts += ["### The large against the small", _ratio(result["sizes"])]
    return "\n\n".join(parts) + "\n"


def write_page(result: dict[str, Any], page: Path = PAGE) -> None:
    """Put the table between the two marks of the page."""
    put(table(result), page=page)


def put(text: str, *, page: Path = PAGE, begin: str = BEGIN, end: str = END) -> None:
    """Put ``text`` between two marks of a page."""
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    page.write_text(f"{before}{begin}\n\n{text}\n{end}{after}", encoding="utf-8")


def _machine(result: dict[str, Any]) -> str:
    told = result["machine"]
    durable = ", ".join(f"{name} {told[name]}" for name in DURABILITY)
    return (
        f"{result['day']}: {told['processor']}, {told['cores']} cores, {told['memory_gib']} GiB; "
        f"Python {told['python']}, PostgreSQL {told['server_version']} on the same machine "
        f"({durable}, shared_buffers {told['shared_buffers']}). Load of the machine before the start: {told['load']}."
    )


def _rows(runs: list[dict[str, Any]]) -> str:
    head = (
        "| work | clients | per second | p50 | p95 | p99 ms | CPU ms each: web | database | worker | generator "
        "| queries | wrong |\n|---|---|---|---|---|---|---|---|---|---|---|---|"
    )
    rows = [row for run in runs for row in (_row(run), *_kinds(run))]
    return "\n".join([head, *rows])


def _kinds(run: dict[str, Any]) -> list[str]:
    if run["work"] not in BY_KIND:
        return []
    return [_of_kind(run, kind, told) for kind, told in run["kinds"].items()]


def _of_kind(run: dict[str, Any], kind: str, told: dict[str, float]) -> str:
    numbers = [_number(told[name]) for name in ("per_second", "p50", "p95", "p99")]
    cells = [TITLES[f"{run['work']}:{kind}"], str(run["clients"]), *numbers, *[""] * (len(GROUPS) + 2)]
    return "| " + " | ".join(cells) + " |"


def _row(run: dict[str, Any]) -> str:
    spent = [_number(run["cpu_ms"].get(group)) for group in GROUPS]
    cells = [
        TITLES.get(run["work"], run["work"]),
        str(run["clients"]),
        _number(run["per_second"]),
        *(_number(run[name]) for name in ("p50", "p95", "p99")),
        *spent,
        str(run.get("queries", "")),
        str(sum(run["wrong"].values())),
    ]
    return "| " + " | ".join(cells) + " |"


def _beside(loaded: dict[str, Any]) -> list[str]:
    """What is no row: memory, the spread over the workers, and every wrong answer by name."""
    before, after = loaded["memory"]["before"], loaded["memory"]["after"]
    lines = [
        f"Web processes: {_sizes(before)} MiB before, {_sizes(after)} MiB after; "
        f"first answer {loaded['first_answer']:.1f} s after the start; "
        f"the busier worker did {_share(loaded['runs'])} of the work with eight clients."
    ]
    if pairs := loaded.get("pairs"):
        lines += [
            f"{pairs['files']:,} files of a street were compared with everybody on file in {pairs['seconds']:.1f} s,"
            " in the background."
        ]
    wrong = {
        f"{run['work']}: {said}": count for run in loaded["runs"] for said, count in run["wrong"].items()
    }
    lines += ["\n".join(f"- wrong: {said} ({count}×)" for said, count in wrong.items())] if wrong else []
    return lines


def _ratio(sizes: dict[str, Any]) -> str:
    small, large = (min(sizes, key=int), max(sizes, key=int))
    by_work = {
        people: {(run["work"], run["clients"]): run for run in sizes[people]["runs"]} for people in sizes
    }
    lines = [f"| work | clients | {int(small):,} | {int(large):,} | times slower |", "|---|---|---|---|---|"]
    for key, run in by_work[large].items():
        other = by_work[small].get(key)
        if other and run["per_second"]:
            slower = other["per_second"] / run["per_second"]
            lines.append(
                f"| {TITLES.get(key[0], key[0])} | {key[1]} | {_number(other['per_second'])} | "
                f"{_number(run['per_second'])} | {slower:.2f} |"
            )
    return "\n".join(lines)


def _share(runs: list[dict[str, Any]]) -> str:
    shares = [run["busiest"] for run in runs if run["clients"] > 1 and run.get("busiest")]
    return f"{min(shares):.0%} to {max(shares):.0%}" if shares else "—"


def _sizes(memory: dict[str, float]) -> str:
    return " + ".join(f"{size:.0f}" for size in memory.values())


def _number(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
