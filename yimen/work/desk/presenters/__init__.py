"""Page models of the desk: lists with their tabs, cases with their deeds and their why-not."""

from yimen.work.desk.presenters.cases import CasePage, PaperLine, SharesCard, StoryLine, present_case
from yimen.work.desk.presenters.deeds import Deed, deed_form, offered_deeds, papers_form
from yimen.work.desk.presenters.lists import LISTS, list_bulk, list_tabs

__all__ = [
    "LISTS",
    "CasePage",
    "Deed",
    "PaperLine",
    "SharesCard",
    "StoryLine",
    "deed_form",
    "list_bulk",
    "list_tabs",
    "offered_deeds",
    "papers_form",
    "present_case",
]
