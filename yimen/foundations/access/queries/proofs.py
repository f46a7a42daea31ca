"""What an account has beside its password (第二因素), and which other systems open it (外部登录)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yimen.foundations.access.models import (
    Account,
    OutsideName,
    Passkey,
    RecoveryCode,
    Totp,
)
from yimen.foundations.access.rules.applications import Application, read_applications
from yimen.foundations.access.rules.partners import Partner, read_partners
from yimen.kernel.actor import Actor

CONFIRM_WITHIN = timedelta(minutes=10)  # a secret that lies about on a screen is not waited for longer


@dataclass(frozen=True)
class SecondFactors:
    """What an account has set up beside its password (第二因素)."""

    totp_since: datetime | None
    passkeys: int
    codes_left: int

    @property
    def words(self) -> str:
        """In words: 动态口令、2 个通行密钥."""
        totp = ["动态口令"] if self.totp_since else []
        return "、".join([*totp, *([f"{self.passkeys} 个通行密钥"] if self.passkeys else [])])


def second_factors(account_ids: Iterable[UUID]) -> dict[UUID, SecondFactors]:
    """What these accounts have set up beside the password, those with nothing left out; one query for all."""
    totp = Totp.objects.filter(account=OuterRef("pk"), confirmed_at__isnull=False)
    keys = Passkey.objects.filter(account=OuterRef("pk")).order_by()
    unused = RecoveryCode.objects.filter(account=OuterRef("pk"), used_at=None).order_by()

    def how_many(rows: QuerySet) -> Coalesce:
        return Coalesce(Subquery(rows.values("account").annotate(found=Count("id")).values("found")), 0)

    found = Account.objects.filter(Exists(totp) | Exists(keys), public_id__in=list(account_ids))
    rows = found.annotate(
        since=Subquery(totp.values("confirmed_at")), keys=how_many(keys), left=how_many(unused)
    )
    return {
        account: SecondFactors(*facts)
        for account, *facts in rows.values_list("public_id", "since", "keys", "left")
    }


def passkeys_of(account_id: UUID) -> QuerySet[Passkey]:
    """The passkeys of an account (通行密钥), the oldest first."""
    return Passkey.objects.filter(account__public_id=account_id).order_by("made_at", "id")


def offered_totp(*, by: Actor, at: datetime) -> Totp | None:
    """The secret that was offered to ``by`` lately and not yet confirmed (待确认的动态口令); only its holder is shown it."""
    lately = Totp.objects.filter(account__public_id=by.account, offered_at__gt=at - CONFIRM_WITHIN)
    return lately.filter(confirmed_at=None).first()


@dataclass(frozen=True)
class OutsideLine:
    """One other system (外部登录系统), and since when it opens an account, if it does."""

    key: str
    title: str
    public_id: UUID | None = None
    bound_at: datetime | None = None
    used_at: datetime | None = None


def partners() -> tuple[Partner, ...]:
    """The other systems by which one may come in (外部登录系统), as the installation names them."""
    return read_partners(settings.YIMEN_PARTNERS)


def applications() -> tuple[Application, ...]:
    """The systems that sign in by ours (接入系统), as the installation names them."""
    return read_applications(settings.YIMEN_APPLICATIONS)


def outside_names(account_id: UUID) -> list[OutsideLine]:
    """Which other systems there are, and which of them open an account (外部登录绑定)."""
    bound = {one.partner: one for one in OutsideName.objects.filter(account__public_id=account_id)}
    lines = []
    for partner in partners():
        found = bound.get(partner.key)
        told = (found.public_id, found.bound_at, found.used_at) if found else ()
        lines.append(OutsideLine(partner.key, partner.title, *told))
    return lines
