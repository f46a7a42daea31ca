"""The door of the face (界面)."""

from yimen.foundations.ui.engine.answers import refusal_response, wants_json, wants_part
from yimen.foundations.ui.engine.guard import PageAccess, SignInNeeded, access_of, guarded, public
from yimen.foundations.ui.engine.pages import part, render

__all__ = [
    "PageAccess",
    "SignInNeeded",
    "access_of",
    "guarded",
    "part",
    "public",
    "refusal_response",
    "render",
    "wants_json",
    "wants_part",
]
