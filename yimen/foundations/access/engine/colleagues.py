"""One's own account, and a colleague's as those who look after it load it (本人账号、所管账号)."""

from uuid import UUID

from yimen.foundations.access.models import Account
from yimen.kernel.actor import Actor
from yimen.kernel.refusals import NotAllowed, NotFound, NotPossible


class OwnAccount(NotPossible):
    """Administrators do not close, reset or put out their own accounts."""

    code = "access.own_account"
    sentence = "不能对自己的账号做这项操作，请由另一位管理员办理。"


def colleague(account: UUID, *, by: Actor, permission: str) -> Account:
    """A colleague's account over which ``by`` holds the permission, held until the operation ends. Refuses one's own."""
    found = Account.objects.select_for_update().filter(public_id=account).first()
    if found is None:
        raise NotFound()
    by.must(permission, area=found.area)
    if found.public_id == by.account:
        raise OwnAccount()
    return found


def own_account(by: Actor) -> Account:
    """The account of who acts (本人账号), held until the operation ends."""
    account = Account.objects.select_for_update().filter(public_id=by.account, is_active=True).first()
    if account is None:
        raise NotAllowed()
    return account
