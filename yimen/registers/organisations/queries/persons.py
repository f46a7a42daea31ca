"""Read whom to ring and who does what: contacts, networks of them, the sheet for the wall."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, lineage
from yimen.registers.organisations.engine.practice import Network, NetworkStep, practice
from yimen.registers.organisations.models import Contact, Organisation, Responsibility
from yimen.registers.organisations.queries.posts import PostLine, posts_in
from yimen.registers.places import api as places


def contacts_of(organisation: Organisation, *, by: Actor) -> list[Contact]:
    """Whom to ring at an organisation (联系人), also those of the past, the latest first."""
    known = Organisation.objects.known_to(by)
    rows = Contact.objects.filter(organisation=organisation, organisation__in=known)
    return list(rows.order_by("-since", "id"))


@dataclass
class NetworkNode:
    """One place of a network (网络一处): a unit with its contacts, and what hangs under it.

    ``organisation`` is empty where nobody is named yet for an area that should have somebody.
    """

    title: str
    place: str
    area: str
    duty: str
    organisation: Organisation | None = None
    contacts: list[Contact] = field(default_factory=list)
    under: list["NetworkNode"] = field(default_factory=list)


def network_tree(network: Network, *, by: Actor, on: date) -> list[NetworkNode]:
    """A network from the county down (服务网络), as far as the actor works with it; gaps show as places without contact.

    Every street and community within reach has a place in it, also when no organisation was named for it.
    """
    rows = (
        Contact.objects.on(on)
        .filter(network=network.key, organisation__in=Organisation.objects.known_to(by).on(on))
        .select_related("organisation")
        .order_by("organisation__area", "organisation_id", "since", "id")
    )
    named: dict[int, list[Contact]] = {}
    for row in rows:
        named.setdefault(row.organisation_id, []).append(row)
    nodes = [_node(contacts, network) for contacts in named.values()]
    nodes += _gaps(network, nodes, by=by)
    return _hung(nodes, network)


def _node(contacts: Sequence[Contact], network: Network) -> NetworkNode:
    one = contacts[0].organisation
    step = next((step for step in network.step if _fits(step, one)), network.step[-1])
    return NetworkNode(
        title=one.name,
        place=f"{places.area_name(one.area)}　{step.title}",
        area=one.area,
        duty=one.duty or step.duty,
        organisation=one,
        contacts=list(contacts),
    )


def _fits(step: NetworkStep, one: Organisation) -> bool:
    return one.kind in step.kinds and len(one.area) == step.level.digits


def _gaps(network: Network, nodes: Sequence[NetworkNode], *, by: Actor) -> list[NetworkNode]:
    """The first step of each level has a place for every area; a missing one is a gap to fill."""
    first: dict[Level, NetworkStep] = {}
    for step in network.step:
        first.setdefault(step.level, step)
    wanted = {code for prefix in by.reach if prefix for code in lineage(prefix)}
    for prefix in by.reach:
        for kind in (Level.STREET, Level.COMMUNITY):
            wanted |= {line.code for line in places.areas_under(prefix, kind)}
    filled = {node.area for node in nodes if node.organisation and _is_first(node.organisation, first)}
    found = []
    for level, step in first.items():
        for code in sorted(code for code in wanted - filled if len(code) == level.digits):
            found.append(NetworkNode(step.title, places.area_name(code), code, step.duty))
    return found


def _is_first(one: Organisation, first: dict[Level, NetworkStep]) -> bool:
    return any(_fits(step, one) for step in first.values())


def _hung(nodes: list[NetworkNode], network: Network) -> list[NetworkNode]:
    """Hang each place under the narrowest wider one; groups of a community under its committee's place."""
    steps = {
        (step.level.digits, kind): order for order, step in enumerate(network.step) for kind in step.kinds
    }

    def depth(node: NetworkNode) -> int:
        if node.organisation is None:
            return next(n for n, step in enumerate(network.step) if step.level.digits == len(node.area))
        return steps.get((len(node.area), node.organisation.kind), len(network.step))

    top: list[NetworkNode] = []
    heads: dict[str, NetworkNode] = {}
    last: dict[str, int] = {}
    for node in sorted(nodes, key=lambda one: (depth(one), one.area)):
        order = depth(node)
        above = heads.get(node.area)
        if above is not None and order > last[node.area]:
            above.under.append(node)
            continue
        wider = [code for code in lineage(node.area)[:-1] if code in heads]
        (heads[wider[-1]].under if wider else top).append(node)
        if above is None:
            heads[node.area], last[node.area] = node, order
    return top


@dataclass(frozen=True)
class Worker:
    """One person on the wall (分工): her posts, what she does, who stands in."""

    name: str
    posts: tuple[str, ...]
    tasks: tuple[Responsibility, ...]


def division_of_work(organisation: Organisation, *, by: Actor, on: date) -> list[Worker]:
    """Who does what in an organisation on a day (岗位分工), one line a person, in the order of the posts."""
    lines: list[PostLine] = posts_in(organisation, by=by, on=on)
    rows = (
        Responsibility.objects.on(on)
        .filter(organisation=organisation)
        .select_related("account", "deputy")
        .order_by("since", "id")
    )
    tasks: dict[object, list[Responsibility]] = {}
    for row in rows:
        tasks.setdefault(row.account.public_id, []).append(row)
    posts: dict[object, list[str]] = {}
    names: dict[object, str] = {row.account.public_id: row.account.name for row in rows}
    for line in lines:
        for one in line.holders:
            names[one.account] = one.name
            posts.setdefault(one.account, []).append(line.post.title + ("（代理）" if one.acting else ""))
    order = [*posts, *(account for account in tasks if account not in posts)]
    return [
        Worker(names[account], tuple(posts.get(account, ())), tuple(tasks.get(account, ())))
        for account in order
    ]


def responsibilities_of(organisation: Organisation, *, by: Actor) -> list[Responsibility]:
    """Everything anybody was ever responsible for (分工沿革), the latest first."""
    known = Organisation.objects.known_to(by)
    rows = Responsibility.objects.filter(organisation=organisation, organisation__in=known)
    return list(rows.select_related("account", "deputy").order_by("-since", "id"))


def network_named(key: str, *, on: date) -> Network | None:
    """The network of a key (服务网络), None when the street has none of that name."""
    return practice(on=on).networks.get(key)
