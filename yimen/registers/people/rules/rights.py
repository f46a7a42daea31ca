"""Who may do what with a person's file."""

from yimen.kernel.actor import Actor, ActorKind


def may_with_person(by: Actor, permission: str, *, area: str) -> bool:
    """May ``by`` use ``permission`` on a file that lies in ``area`` and that she sees?

    A file outside the actor's areas is seen through a tie (a case accepted, a patient): there the permission counts
    wherever it is held, for the tie itself says how far it goes.
    """
    if by.can(permission, area=area):
        return True
    return by.kind is ActorKind.STAFF and not by.reaches(area) and by.can_somewhere(permission)
