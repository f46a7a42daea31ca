"""Pages of gatherings: the lists and one of them for who holds them, and my own for who leads or helps."""

from yimen.work.gatherings.views.deeds import act
from yimen.work.gatherings.views.gatherings import new, sheet, show, show_list
from yimen.work.gatherings.views.mine import answer, show_mine, show_my_part, sign_in_mine

__all__ = [
    "act",
    "answer",
    "new",
    "sheet",
    "show",
    "show_list",
    "show_mine",
    "show_my_part",
    "sign_in_mine",
]
