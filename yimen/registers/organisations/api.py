"""The door of organisations."""

from yimen.registers.organisations.choices import OrganisationKind
from yimen.registers.organisations.operations import (
    CannotAppoint,
    CannotFound,
    appoint,
    create_post,
    dissolve_organisation,
    end_appointment,
    found_organisation,
)
from yimen.registers.organisations.permissions import APPOINT
from yimen.registers.organisations.queries import (
    Holder,
    NoSuchOrganisation,
    PostLine,
    accounts_holding,
    all_posts,
    appointment,
    history_of,
    holders_of,
    organisation,
    organisation_for,
    organisations,
    post,
    posts_in,
    posts_of,
    posts_of_many,
    sections_of,
)

__all__ = [
    "APPOINT",
    "CannotAppoint",
    "CannotFound",
    "Holder",
    "NoSuchOrganisation",
    "OrganisationKind",
    "PostLine",
    "accounts_holding",
    "all_posts",
    "appoint",
    "appointment",
    "create_post",
    "dissolve_organisation",
    "end_appointment",
    "found_organisation",
    "history_of",
    "holders_of",
    "organisation",
    "organisation_for",
    "organisations",
    "post",
    "posts_in",
    "posts_of",
    "posts_of_many",
    "sections_of",
]
