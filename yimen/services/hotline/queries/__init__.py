"""Reads of questions, calls and shifts."""

from yimen.services.hotline.queries.calls import (
    NoCall,
    TrackedMessage,
    candidates_for_number,
    find_calls,
    get_call,
    others_of_number,
    tracked_message,
    waiting_calls,
)
from yimen.services.hotline.queries.duty import (
    NoShift,
    get_shift,
    hand_over_of,
    month_before,
    on_duty,
    people_for,
    shifts_of_month,
    shifts_to_sign,
    shifts_with_me,
)
from yimen.services.hotline.queries.inquiries import (
    NoTopic,
    Tapped,
    TopicPage,
    chips,
    place_of,
    tapped_today,
    topic_page,
)

__all__ = [
    "NoCall",
    "NoShift",
    "NoTopic",
    "Tapped",
    "TopicPage",
    "TrackedMessage",
    "candidates_for_number",
    "chips",
    "find_calls",
    "get_call",
    "get_shift",
    "hand_over_of",
    "month_before",
    "on_duty",
    "others_of_number",
    "people_for",
    "place_of",
    "shifts_of_month",
    "shifts_to_sign",
    "shifts_with_me",
    "tapped_today",
    "topic_page",
    "tracked_message",
    "waiting_calls",
]
