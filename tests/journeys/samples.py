"""Sample arguments for every address of the URLconf: a page without one is a page nobody tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

LISTS = frozenset(
    {
        "archive:differences",
        "archive:files",
        "archive:lists",
        "desk:cases",
        "exports:exports",
        "gatherings:gatherings",
        "gatherings:list",
        "desk:list",
        "desk:standing_in",
        "desk:share_list",
        "desk:shares",
        "desk:trip_cases",
        "hotline:calls",
        "imports:list",
        "seals:log",
        "seals:requests",
        "seals:seals",
        "returns:list",
        "returns:parts",
        "workload:demands",
        "ledger:entries",
        "messages:calls",
        "messages:inbox",
        "office:accounts",
        "office:trail",
        "office:looks",
        "office:unusual",
        "programmes:duties",
        "programmes:list",
        "people:declarations",
        "people:doubles",
        "people:emergencies",
        "people:list",
        "people:papers_missing",
        "people:requests",
        "people:tied",
        "places:changes",
        "organisations:list",
        "organisations:due",
        "providers:patients",
        "providers:referrals",
        "providers:submissions",
        "priority:week",
        "namelists:done",
        "namelists:lists",
        "namelists:mine",
        "namelists:rows",
        "rounds:roll",
        "rounds:rounds",
        "transcripts:transcripts",
        "approvals:submissions",
        "directives:directives",
        "directives:list",
    }
)
NOBODY = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Address:
    """One address to visit: the name of its view, and the path with everything filled in."""

    name: str
    path: str


def all_names() -> list[str]:
    """Every named address of the product, ``namespace:name``; an unnamed one is an error."""
    return sorted(_names(get_resolver().url_patterns))


def _names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern} has no name"
            yield prefix + pattern.name


def addresses(ids: dict[str, Any], *, community: str) -> list[Address]:
    """Every address with the ids of one street; ``community`` chooses where there are few or many."""
    people = ids["people"][community]
    cases = ids["cases"][community]
    case = ids["case"][community]
    person = people[0]
    street, account = community[:9], ids["post"]["account"]
    arguments: dict[str, list[tuple[list[str], str]]] = {
        "home:search": [([], "?q="), ([], "?q=w"), ([], f"?q={case}"), ([], "?q=试用")],
        "desk:list": [
            ([kind], "") for kind in ("late", "soon", "waiting", "owed", "decide", "deliver", "archive")
        ],
        "desk:several": [
            ([deed], f"?row={cases['decide'][0]}&row={cases['deliver'][0]}")
            for deed in ("deliver", "register", "hand_over", "hand_back", "no-such-deed")
        ],
        "desk:choose": [([], f"?person={person}"), ([], f"?person={person}&q=困难")],
        "desk:intake": [
            ([matter], f"?person={person}")
            for matter in ("trial", "trial_notice", "temporary_relief", "birth_registration", "joint_aid")
        ],
        "desk:tray": [
            (["temporary_relief", "consent"], f"?person={person}"),
            (["temporary_relief", "identity"], f"?person={person}"),
        ],
        "desk:case_tray": [([cases["decide"][0], "identity"], "")],
        "desk:paper_file": [([cases["decide"][0], "identity"], "")],
        "desk:page": [([NOBODY], "")],
        "desk:phone": [(["A" * 26], "")],
        "desk:trips": [([], ""), ([], "?settled_on_from=2026-01-01&settled_on_to=x")],
        "desk:trip_cases": [([], ""), ([], f"?area={community}&trips=0&near=1&spared=1")],
        "desk:twin": [([], f"?code={code}") for code in ids["paper_code"][community]]
        + [([], "?code=nothing")],
        "desk:print_twin": [(["trial"], f"?person={person}")],
        "desk:case": [([found[0]], "") for found in cases.values()],
        "desk:taken_in": [([cases["decide"][0]], ""), ([cases["waiting"][0]], "")],
        "desk:deed": [
            ([cases["decide"][1], deed], "")
            for deed in (
                "supply",
                "register",
                "decide",
                "deliver",
                "archive",
                "resume",
                "pause",
                "extend",
                "withdraw",
                "answer_urge",
                "join",
                "part",
            )
        ]
        + [([cases["decide"][1], "no-such-deed"], "")],
        "desk:ask_units": [([cases["decide"][1]], "")],
        "desk:share_list": [([kind], "") for kind in ("mine", "sent", "all")],
        "desk:share": [([ids["share"][community]], "")],
        "desk:answer_share": [([ids["share"][community]], "")],
        "desk:urge_share": [([ids["share"][community]], "")],
        "desk:withdraw_share": [([ids["share"][community]], "")],
        "seals:request": [([ids["seal_request"][community]], "")],
        "seals:decide": [([ids["seal_request"][community]], "")],
        "seals:stamp": [([ids["seal_request"][community]], "")],
        "seals:void": [([ids["seal_request"][community], NOBODY], "")],
        "seals:seal": [([ids["seal"][community]], "")],
        "returns:return": [
            ([ids["return"][community]], query) for query in ("", "?view=all", "?view=none&page=9")
        ],
        "returns:columns": [([ids["return"][community]], query) for query in ("", "?look=1&sheet=x&first=9")],
        **{
            f"returns:{name}": [([ids["return"][community]], "")]
            for name in ("download", "choose", "resume", "make_edition")
        },
        **{
            f"returns:{name}": [([ids["return_whole"][community]], "")]
            for name in ("send", "whole", "take_over")
        },
        **{
            f"returns:{name}": [([ids["part"][community]], "")]
            for name in ("part", "hand_in", "give_back", "withdraw", "urge")
        },
        "returns:sign": [([ids["edition"][community]], "")],
        "returns:edition": [([ids["edition"][community]], "")],
        "returns:download_edition": [([ids["edition"][community]], "")],
        **{
            f"imports:{name}": [([ids["import"][community]], "")]
            for name in ("batch", "columns", "wrong_rows", "write", "stop", "resume", "undo", "drop")
        },
        "imports:empty_sheet": [(["people.residents"], ""), (["no-such-kind"], "")],
        "workload:demand": [([ids["demand"][community]], "")],
        "workload:decide": [([ids["demand"][community]], "")],
        **{
            f"desk:{name}": [([ids["delegation"][community]], "")]
            for name in ("delegation", "renew_delegation", "end_delegation")
        },
        "people:search": [([], ""), ([], "?q=w"), ([], "?q=试用"), ([], "?q=1-101")],
        "people:list": [([], ""), ([], "?age=80"), ([], "?papers=1&stale=1")],
        "people:household": [([ids["household"][community]], "")],
        "people:compare": [([person, people[-1]], "")],
        "people:not_same": [([person, people[-1]], "")],
        "people:merge_pair": [([person, people[-1]], "")],
        **{
            f"people:{name}": [([ids["household"][community]], "")]
            for name in ("lead", "divide", "unite", "verify_household")
        },
        "people:answer_request": [([NOBODY], "")],
        "people:join": [([ids["household"][community]], "")],
        "people:leave": [([ids["household"][community], people[-1]], "")],
        "exports:ask": [
            ([], query)
            for query in ("", "?list=people.residents", "?list=desk.cases&state=running", "?list=x")
        ],
        **{
            f"exports:{name}": [([ids["export"][community]], "")]
            for name in ("export", "approve", "refuse", "file")
        },
        "people:emergency": [([ids["emergency"][community]], "")],
        "people:show": [([person], "")],
        "people:address": [([person, NOBODY], "")],
        "people:tied": [([], ""), ([], "?kind=hukou"), ([], "?name=试用")],
        "people:end_local_tie": [([person, NOBODY], "")],
        "people:guardians": [([person], ""), ([person], "?q=试用")],
        "people:end_guardian": [([person, NOBODY], "")],
        "people:end_document": [([person, NOBODY], "")],
        "council:announced": [([area], "") for area in (street, community, "330212999")],
        "places:split": [([], ""), ([], f"?area={community}")],
        "places:change": [([NOBODY], "")],
        "places:area": [([area], "") for area in (street, community, "330212999")],
        "places:building": [([ids["building"][community]], query) for query in ("", "?only=unchecked")],
        **{f"places:{name}": [([ids["dwelling"][community]], "")] for name in ("dwelling", "pairs", "heads")},
        **{
            f"people:{name}": [([ids["dwelling"][community]], "")]
            for name in ("verify_door", "move_in", "move_out", "change_tenants", "landlord")
        },
        "people:declaration": [([ids["declaration"][community]], "")],
        "people:confirm_declaration": [([ids["declaration"][community]], "")],
        "people:refuse_declaration": [([ids["declaration"][community]], "")],
        "people:building_sheet": [([ids["building"][community]], "")],
        "people:dwelling_sheet": [([ids["dwelling"][community]], "")],
        "portal:declare": [([ids["sheet"][community]], ""), (["AAAA"], "")],
        "people:undo_door": [([ids["dwelling"][community], NOBODY], "")],
        "places:site": [([ids["site"][community]], "")],
        **{
            f"places:{name}": [([ids["site"][community]], "")]
            for name in ("window_days", "site_edit", "site_offers", "site_close")
        },
        **{f"places:{name}": [([ids["site"][community]], "")] for name in ("add_photo", "add_staff", "book")},
        **{
            f"places:{name}": [([ids["site"][community], NOBODY], "")]
            for name in ("photo", "drop_photo", "drop_staff", "release")
        },
        "places:new_estate": [([community], "")],
        "places:new_building": [([ids["estate"][community]], "")],
        "places:new_door": [([ids["building"][community]], "")],
        "places:site_new": [([community], "")],
        "places:hours": [([ids["site"][community]], "")],
        "places:board": [([ids["site"][community]], "")],
        "organisations:organisation": [
            ([found], "") for found in (ids["organisation"], ids["committee"][community], ids["agreement"][0])
        ],
        "organisations:network": [([key], "") for key in ("disability", "no-such-network")],
        "organisations:count": [([], ""), ([], "?since=2026-01-01&on=2026-09-30"), ([], "?since=x&on=y")],
        **{
            f"organisations:{name}": [([ids["committee"][community]], "")]
            for name in ("wall", "describe", "close", "convert")
        },
        "organisations:file": [
            ([ids["committee"][community], what], "")
            for what in (
                "officer",
                "term",
                "contact",
                "credential",
                "agreement",
                "inspection",
                "responsibility",
                "x",
            )
        ],
        "organisations:scan": [([ids["organisation"], NOBODY], "")],
        "organisations:visits": [(ids["agreement"], "")],
        "organisations:drop_visit": [([*ids["agreement"], NOBODY], "")],
        "organisations:end": [([ids["committee"][community], "contact", NOBODY], "")],
        "organisations:end_absence": [([NOBODY], "")],
        "organisations:create_post": [([ids["agreement"][0]], "")],
        **{f"providers:{name}": [([ids["unit"]], "")] for name in ("unit", "add_work")},
        **{f"providers:{name}": [([ids["work"]], "")] for name in ("submit", "drop_work")},
        "providers:submission": [([one], "") for one in ids["submission"]],
        **{f"providers:{name}": [([ids["submission"][0]], "")] for name in ("accept", "return", "withdraw")},
        "providers:patient": [([one], "") for one in ids["patient"]],
        **{f"providers:{name}": [([ids["patient"][0]], "")] for name in ("end_patient", "refer")},
        "providers:referral": [([one], "") for one in ids["referral"]],
        **{
            f"providers:{name}": [([one], "") for one in ids["referral"]]
            for name in ("accept_referral", "return_referral", "end_referral")
        },
        "archive:list": [
            ([ids["handover"][community]], query) for query in ("", "?show=different", "?export=xlsx")
        ],
        "archive:sheet": [([ids["handover"][community]], "")],
        **{
            name: [([ids["handover"][community]], "")]
            for name in ("archive:send", "archive:rest", "archive:sign")
        },
        "archive:tick": [([ids["handover"][community], ids["difference"][community]], "")],
        "archive:difference": [([ids["difference"][community]], "")],
        "archive:file": [([ids["archive_file"][community]], query) for query in ("", "?why=统计整理")],
        "archive:lend": [([ids["archive_file"][community]], "")],
        "archive:give_back": [([ids["archive_file"][community]], "")],
        "archive:box": [([ids["box"][community]], "")],
        "documents:file": [([ids["file"][community]], "")],
        "documents:letter": [
            ([ids["letter"][community]], paper) for paper in ("", "?paper=a5", "?paper=80mm")
        ],
        "documents:word": [([ids["letter"][community]], "")],
        "documents:seal": [([ids["letter"][community]], "")],
        "documents:void": [([ids["letter"][community]], "")],
        "messages:message": [([ids["message"][community]], "")],
        "messages:call": [([ids["call"][community]], "")],
        "messages:phone": [([ids["call"][community]], "")],
        "messages:outcome": [([ids["call"][community]], "")],
        "access:end_session": [([NOBODY], "")],
        "access:end_deputy": [([NOBODY], "")],
        "access:rename_passkey": [([NOBODY], "")],
        "access:remove_passkey": [([NOBODY], "")],
        "access:unbind_outside": [([NOBODY], "")],
        "access:bind_outside": [(["nobody"], "")],
        "access:leave_for_partner": [(["nobody"], "")],
        "access:back_from_partner": [(["nobody"], "")],
        "forms.paper": [([form], "") for form in ("trial_form", "relief_application", "birth_registration")],
        "office:definitions": [([], "")],
        "office:definition": [
            ([kind, key], "")
            for kind, key in (("matter", "trial"), ("letter", "refusal"), ("form", "trial_form"))
        ]
        + [(["role", "auditor"], ""), (["window", street], ""), (["matter", "no-such-matter"], "")],
        "office:end_one_session": [([account, NOBODY], "")],
        "office:edit": [(["matter", "trial"], ""), (["window", street], "")],
        **{
            f"office:{name}": [([ids["form_draft"]], ""), ([NOBODY], "")]
            for name in ("form_draft", "try_form", "form_paper", "publish_form", "drop_form")
        },
        "office:download_form": [(["trial_form"], ""), (["no-such-form"], "")],
        "office:retire_form": [(["trial_form"], "")],
        "office:revoke": [([account, ids["post"]["grant"]], "")],
        "office:vacate": [([account, ids["post"]["appointment"]], "")],
        "office:deed": [([ids["deed"]], "")],
        "office:alert": [([ids["alert"]], ""), ([NOBODY], "")],
        "office:retry": [(["1"], "")],
        "plans:plan": [([ids["plan"]], ""), ([ids["plan"]], "?export=xlsx"), (["no-such-plan"], "")],
        "hotline:topic": [(["relief"], ""), (["insurance"], ""), (["no-such-topic"], "")],
        "hotline:notice": [(["relief", "temporary_relief"], "")],
        "hotline:call": [([found], "") for found in ids["phone_call"][community]]
        + [([ids["phone_call"][community][0]], "?q=试用")],
        "hotline:answer": [([ids["phone_call"][community][0]], "")],
        "hotline:person": [([ids["phone_call"][community][0]], "")],
        "hotline:edit_roster": [([], ""), ([], "?month=2030-02&carry=1")],
        "hotline:shift": [([ids["shift"][community]], "")],
        "portal:message": [(["AAAAAAAAAAAAA"], "")],
        "portal:catalogue": [
            ([], ""),
            ([], f"?home={community}&q=补助"),
            ([], "?field=petition&at=community"),
        ],
        "portal:guide": [(["temporary_relief"], f"?home={community}"), (["no-such-matter"], "")],
        "portal:guide_paper": [(["birth_registration"], f"?home={community}")],
        "portal:sites": [([], ""), ([], f"?home={community}")],
        "portal:site": [([ids["site"][community]], f"?home={community}")],
        **{f"portal:{name}": [(["AAAAAAAAAAAAA"], "")] for name in ("open", "join")},
        "portal:withdraw": [(["served_first"], "")],
        "portal:withdraw_kept": [(["care-mental"], "")],
        "portal:track": [(["AAAAAAAAAAAAA"], "")],
        "family:withdraw": [([NOBODY], "")],
        "care:write": [([person, kind], "") for kind in ("child", "mental", "no-such-kind")],
        "care:agree": [([person, "child"], "")],
        "care:withdraw": [([person, "child"], "")],
        "priority:week": [([], ""), ([], "?week=2026-01-05&got=0"), ([], "?week=nonsense&after=1")],
        "priority:withdraw": [([ids["mark"][community]], "")],
        "consents:give": [([person, "served_first"], ""), ([person, "no-such-purpose"], "")],
        "consents:paper": [([person, "health_records"], "")],
        "consents:withdraw": [([person, "served_first"], "")],
        "ledger:new_note": [
            ([], query)
            for query in (
                "",
                "?q=试用",
                "?q=1-101",
                f"?person={person}",
                f"?building={ids['building'][community]}",
                f"?household={ids['household'][community]}",
            )
        ],
        "programmes:list": [([kind], "") for kind in ("mine", "today", "late", "area", "ended", "no-such")],
        "programmes:duty": [([ids["duty"][community]], "")],
        "programmes:deed": [
            ([ids["duty"][community], deed], "") for deed in ("done", "put_off", "excuse", "no-such")
        ],
        "programmes:new": [([], ""), ([], f"?person={person}")],
        "programmes:week": [([], ""), ([], "?week=2026-01-05"), ([], "?week=9999-99-99")],
        **{
            f"bookings:{name}": [([ids["hall"][community]], "")]
            for name in ("hall", "settings", "renew_board")
        },
        "bookings:figures": [([ids["hall"][community]], query) for query in ("", "?month=2026-01", "?day=x")],
        "bookings:counter": [([ids["hall"][community], "1"], query) for query in ("", "?q=试用")],
        "bookings:call": [([ids["hall"][community], "1"], "")],
        "bookings:deed": [
            ([ids["hall"][community], "1", ids["ticket"][community], deed], "")
            for deed in ("again", "missed", "hand", "finished", "no-such")
        ],
        "bookings:bookings": [
            ([ids["hall"][community]], query)
            for query in ("", "?day=x", "?q=试用", f"?person={person}&day=2030-01-07")
        ],
        "bookings:booking": [([NOBODY], "")],
        "bookings:act_on_booking": [([NOBODY, deed], "") for deed in ("came", "cancel", "no-such")],
        "bookings:slip": [([ids["ticket"][community]], "")],
        "bookings:board": [(["A" * 26], "")],
        "rounds:new": [([], ""), ([], "?survey=own"), ([], "?survey=service_satisfaction")],
        **{
            f"rounds:{name}": [([one[0]], "") for one in ids["round"][community]]
            for name in ("round", "roll", "type", "papers", "slips")
        },
        "rounds:result": [([one[0]], query) for one in ids["round"][community] for query in ("", "?print=1")]
        + [([ids["round"][community][0][0]], "?export=xlsx")],
        "rounds:task": [([ids["round"][community][0][0]], "?question=needs&option=老人助餐")],
        "rounds:line": [(list(one[:2]), "") for one in ids["round"][community]],
        "rounds:deed": [
            ([ids["round"][community][0][0], deed], "") for deed in ("asked", "remind", "close", "no-such")
        ],
        "approvals:draft": [
            ([], ""),
            ([], f"?about=desk.case:{case}"),
            ([], "?about=desk.case:x"),
            ([], "?chain=countersigned"),
        ],
        "approvals:waiting": [([], "")],
        **{
            f"approvals:{name}": [([one], "") for one in ids["approval"][community]]
            for name in ("submission", "print")
        },
        "approvals:paper": [([ids["approval"][community][0]], "")],
        "approvals:final": [([ids["approval"][community][1]], "")],
        "approvals:again": [([ids["approval"][community][2]], "")],
        **{
            f"approvals:{name}": [([ids["approval"][community][0]], "")]
            for name in ("agree", "return", "withdraw", "void")
        },
        "approvals:file": [([ids["approval"][community][0], NOBODY], "")],
        "directives:list": [([kind], "") for kind in ("mine", "given", "late", "all", "no-such")],
        "directives:new": [([], ""), ([], f"?case={cases['late'][0]}"), ([], "?at=/plans/&what=落后")],
        "directives:directive": [([one], "") for one in ids["directive"][community]],
        "directives:deed": [
            ([ids["directive"][community][0], deed], "")
            for deed in ("answer", "close", "return", "put_off", "withdraw", "no-such")
        ],
        "transcripts:card": [([one], "") for one in ids["transcript"][community][:2]],
        "transcripts:see": [([ids["transcript"][community][0]], "")],
        "transcripts:upload": [([], "")],
        "transcripts:sheet": [([NOBODY], "")],
        "transcripts:confirm": [([NOBODY], "")],
        "portal:round": [(["AAAAAAAAAAAA"], "")],
        "namelists:new": [([], "")],
        **{
            f"namelists:{name}": [([one[0]], "") for one in ids["name_list"][community]]
            for name in ("list", "columns", "rows", "sheet")
        },
        **{
            f"namelists:{name}": [([one[1]], "") for one in ids["name_list"][community]]
            for name in ("row", "undo", "settle")
        },
        "namelists:deed": [
            ([ids["name_list"][community][0][0], deed], "")
            for deed in ("send", "chase", "extend", "close", "no-such")
        ],
        "gatherings:list": [([kind], "") for kind in ("coming", "to_close", "held", "cancelled", "no-such")],
        "gatherings:new": [([], "")]
        + [
            ([], f"?kind={kind}&area={community}") for kind in ("health_lecture", "volunteer_duty", "no-such")
        ],
        "gatherings:gathering": [([found], "") for found in ids["gathering"][community]]
        + [([ids["gathering"][community][0]], "?q=试用")],
        "gatherings:sheet": [([ids["gathering"][community][0]], "")],
        "gatherings:deed": [
            ([ids["gathering"][community][0], deed], "")
            for deed in ("change", "cancel", "close", "sign_up", "sign_in", "withdraw", "helper", "no-such")
        ],
        "gatherings:mine": [([found], "") for found in ids["gathering"][community]],
        "gatherings:answer": [([ids["gathering"][community][0]], "")],
        "gatherings:sign_in_mine": [([ids["gathering"][community][0]], "")],
        "ledger:note": [([ids["note"][community]], "")],
        "ledger:undo_note": [([ids["note"][community]], "")],
        "ledger:entries": [([], ""), ([], "?month=2026-01"), ([], f"?area={community}")],
    }
    found = []
    for name in all_names():
        given = arguments.get(name) or [(_plain(name, account if name.startswith("office:") else person), "")]
        for values, query in given:
            path = reverse(name, args=values)
            found.append(Address(name, path + query))
            if name in LISTS and "?" not in query:
                found.append(Address(name, path + "?export=xlsx"))
    return found


def _plain(name: str, person: str) -> list[str]:
    """Pages without arguments, and those about one resident."""
    for values in ([], [person]):
        try:
            reverse(name, args=values)
        except NoReverseMatch:
            continue
        return values
    raise AssertionError(f"{name}: give it sample arguments in tests/journeys/samples.py")
