"""The door of volunteering (志愿服务)."""

from yimen.services.volunteering.operations import NotRegistered, end_volunteering, keep_volunteer
from yimen.services.volunteering.queries import NoVolunteer, get_volunteer, registrations_of, volunteers

__all__ = [
    "NoVolunteer",
    "NotRegistered",
    "end_volunteering",
    "get_volunteer",
    "keep_volunteer",
    "registrations_of",
    "volunteers",
]
