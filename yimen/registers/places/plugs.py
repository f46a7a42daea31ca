"""What places fills in below: the navigation and the name of the area one works in."""

from datetime import date, datetime
from typing import Any

from yimen.foundations.audit.ports import Proof, proofs
from yimen.foundations.bus.api import Mark, marks
from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.documents.ports import PICTURES, Purpose, purposes
from yimen.foundations.imports.ports import Importer, importers
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import AreaNamer, HomeCard, NavItem, area_namers, home_cards, navigation
from yimen.kernel.actor import Actor
from yimen.kernel.areas import Level, level
from yimen.registers.places.api import buildings_in, find_area
from yimen.registers.places.engine.atlas import MARK, areas_to_choose
from yimen.registers.places.engine.door_practice import KIND as DOOR_PRACTICE
from yimen.registers.places.engine.door_practice import DoorPractice
from yimen.registers.places.engine.practice import SitePractice, site_practice
from yimen.registers.places.engine.sheets import COLUMNS, TOGETHER, check_doors
from yimen.registers.places.engine.standards import KIND as SITE_STANDARD
from yimen.registers.places.engine.standards import SiteStandard, run_standard_example
from yimen.registers.places.operations.sheets import withdraw_dwellings, write_doors
from yimen.registers.places.permissions import CHECK_DWELLINGS, EDIT, SHAPE_AREAS, VIEW
from yimen.registers.places.ports import PHOTO, AreaCount, Offering, area_counts, offerings
from yimen.registers.places.queries.changes import STOCK
from yimen.registers.places.queries.keeping import booked_before, counted_before

SHOWN = 5


def _name(code: str) -> str:
    found = find_area(code)
    return found.name if found else ""


def _doors(*, by: Actor, at: datetime) -> dict[str, Any] | None:
    """The buildings of one's own grids with doors nobody has looked at yet: no duty, one knocks where one passes anyway."""
    grids = [area for area in by.areas_for(CHECK_DWELLINGS) if level(area) is Level.GRID]
    open_ones = [
        line for grid in grids for line in buildings_in(grid, by=by) if line.dwellings > line.checked
    ]
    if not grids:
        return None
    open_ones.sort(key=lambda line: line.checked - line.dwellings)
    return {
        "buildings": [(line, line.dwellings - line.checked) for line in open_ones[:SHOWN]],
        "doors": sum(line.dwellings - line.checked for line in open_ones),
    }


def _features(on: date) -> list[tuple[str, str]]:
    return [(one.key, one.title) for one in site_practice(on=on).feature]


kinds.register(
    Kind(name=SITE_STANDARD, grammar=SiteStandard, title="服务点达标标准", run_example=run_standard_example)
)
purposes.register(
    Purpose(
        key=PHOTO,
        title="服务点照片",
        kinds=PICTURES,
        most=6,
        shrink_to=300 * 1024,
        personal=False,
        store_permission=EDIT,
        open_permission=VIEW,
    )
)
kinds.register(
    Kind(
        name=DOOR_PRACTICE,
        grammar=DoorPractice,
        title="门口规矩",
        everyday=everyday(
            "fresh_days", "sheet_days", "declarations_an_hour", "declarations_a_day_at_a_door", "keep_days"
        ),
    )
)
kinds.register(
    Kind(
        name="site_practice",
        grammar=SitePractice,
        title="服务点规矩",
        everyday=everyday("window_days", "morning", "afternoon"),
    )
)
offerings.register(Offering(key="feature", title="便民服务和设备", order=90, choices=_features))
marks.register(Mark(MARK, "(SELECT mark FROM places_areageneration ORDER BY id LIMIT 1)"))
area_namers.register(AreaNamer(key="places", name=_name))
navigation.register(
    NavItem(label="小区与房屋", url_name="places:tree", icon="building-community", permission=VIEW, order=45)
)
home_cards.register(
    HomeCard(
        key="places.doors",
        permission=CHECK_DWELLINGS,
        order=40,
        template="places/home_card.html",
        query=_doors,
    )
)
navigation.register(
    NavItem(label="服务点", url_name="places:sites", icon="map-pin", permission=VIEW, order=46)
)
proofs.register(
    Proof(
        key="places.doors",
        title="房屋所在的社区或网格，对楼幢",
        kept="SELECT id, area || '|' || community FROM places_dwelling",
        truth="""
        SELECT door.id, house.area || '|' || house.community
        FROM places_dwelling AS door JOIN places_building AS house ON house.id = door.building_id
        """,
    )
)
proofs.register(
    Proof(
        key="places.checks",
        title="房屋最近一次核实的日子，对核实记录",
        kept="SELECT id, verified_on::text FROM places_dwelling WHERE verified_on IS NOT NULL",
        truth="SELECT dwelling_id, max(checked_on)::text FROM places_dwellingcheck GROUP BY dwelling_id",
    )
)
importers.register(
    Importer(
        key="places.dwellings",
        title="房屋",
        unit="户",
        order=20,
        permission=EDIT,
        columns=COLUMNS,
        together=TOGETHER,
        check=check_doors,
        write=write_doors,
        undo=withdraw_dwellings,
        areas=areas_to_choose,
        hint="一户一行，同一幢的排在一起。没有的小区和楼幢随之登记；撤销只撤房屋，小区和楼幢留下。",
    )
)
navigation.register(
    NavItem(label="区域调整", url_name="places:changes", icon="history", permission=SHAPE_AREAS, order=48)
)
for _order, (_key, _title, _count) in enumerate(STOCK):
    area_counts.register(AreaCount(key=f"places.{_key}", title=_title, order=_order, count=_count))
retentions.register(Retention(key="places_bookings", rows=booked_before))
retentions.register(Retention(key="places_headcounts", rows=counted_before))
