"""The door of the face (界面)."""

from yimen.foundations.ui.engine.addresses import address
from yimen.foundations.ui.engine.answers import refusal_response, wants_json, wants_part
from yimen.foundations.ui.engine.guard import PageAccess, SignInNeeded, access_of, guarded, public
from yimen.foundations.ui.engine.listing.columns import Column, page_of, words
from yimen.foundations.ui.engine.listing.filters import (
    ChoiceFilter,
    DateFilter,
    DayFilter,
    Filter,
    FlagFilter,
    TextFilter,
)
from yimen.foundations.ui.engine.listing.render import TooMuchToExport, render_list, sheet_rows
from yimen.foundations.ui.engine.listing.screen import Action, Bulk, ListPage, ListScreen, list_page
from yimen.foundations.ui.engine.listing.sheet import Stamp, workbook, write_workbook
from yimen.foundations.ui.engine.pages import client_address, part, public_address, render
from yimen.foundations.ui.engine.pieces import badge, fold, meter
from yimen.foundations.ui.engine.submitting import findings_into, refusals_into, submitted
from yimen.foundations.ui.operations import record_export

__all__ = [
    "Action",
    "Bulk",
    "ChoiceFilter",
    "Column",
    "DateFilter",
    "DayFilter",
    "Filter",
    "FlagFilter",
    "ListPage",
    "ListScreen",
    "PageAccess",
    "SignInNeeded",
    "Stamp",
    "TextFilter",
    "TooMuchToExport",
    "access_of",
    "address",
    "badge",
    "client_address",
    "findings_into",
    "fold",
    "guarded",
    "list_page",
    "meter",
    "page_of",
    "part",
    "public",
    "public_address",
    "record_export",
    "refusal_response",
    "refusals_into",
    "render",
    "render_list",
    "sheet_rows",
    "submitted",
    "wants_json",
    "wants_part",
    "words",
    "workbook",
    "write_workbook",
]
