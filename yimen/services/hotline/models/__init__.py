"""The tables of calls and shifts, one file per noun."""

from yimen.services.hotline.models.calls import Call
from yimen.services.hotline.models.duty import HandOver, Shift

__all__ = ["Call", "HandOver", "Shift"]
