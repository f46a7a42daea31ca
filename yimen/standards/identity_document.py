"""Numbers of identity documents other than the citizen id (其他身份证件号码): only their shape can be judged.

Travel permits: 港澳居民来往内地通行证 is H or M with 8 digits (card) or 10 (with the issue count, older ones);
台湾居民来往大陆通行证 is 8 digits (card) or 10 (older ones). Passports: ICAO Doc 9303 part 4 allows 9 characters in the
machine-readable zone, and some states print more.
"""

import datetime
import re
from dataclasses import dataclass

from yimen.kernel.faults import Fault
from yimen.standards.citizen_id import CitizenId, normalise, parse_citizen_id
from yimen.standards.document_type import DOCUMENT_TYPE

_HK_MACAO = re.compile("[HM](?:[0-9]{8}|[0-9]{10})")
_TAIWAN = re.compile("[0-9]{8}|[0-9]{10}")
_PASSPORT = re.compile("(?=.*[0-9])[A-Z0-9]{5,15}")
_OTHER = re.compile(r"[\w字第号]{3,40}")


@dataclass(frozen=True)
class IdentityDocument:
    """A document number of a kind of `DOCUMENT_TYPE`. For an id card `citizen_id` tells the rest."""

    number: str
    document_type: str
    citizen_id: CitizenId | None = None


def parse_document(text: str, *, document_type: str, today: datetime.date) -> IdentityDocument | Fault:
    """Read a typed document number of the kind with that English name ('id_card', 'passport', 'hk_macao_permit', …).

    Id cards and household books carry the citizen id number and are judged by it; the others by their shape. Residence
    permits of Hong Kong, Macao and Taiwan residents and the foreigner's permanent residence card are numbered like id cards
    and are read as 'id_card'. Refuses an unknown kind as `UnknownCode`.
    """
    kind = DOCUMENT_TYPE.by_name(document_type).name
    if kind in ("id_card", "household_book"):
        parsed = parse_citizen_id(text, today=today)
        return parsed if isinstance(parsed, Fault) else IdentityDocument(parsed.number, kind, parsed)
    number = normalise(text)
    if not number:
        return Fault("empty", "请填写证件号码")
    if kind == "hk_macao_permit" and _HK_MACAO.fullmatch(number) is None:
        return Fault("shape", "港澳居民来往内地通行证号码是 H 或 M 加 8 位数字（旧证为 10 位）")
    if kind == "taiwan_permit" and _TAIWAN.fullmatch(number) is None:
        return Fault("shape", "台湾居民来往大陆通行证号码是 8 位数字（旧证为 10 位）")
    if kind == "passport" and _PASSPORT.fullmatch(number) is None:
        return Fault("shape", "护照号码由 5 至 15 位字母和数字组成")
    if _OTHER.fullmatch(number) is None:
        return Fault("shape", "证件号码应为 3 至 40 位字母、数字或汉字")
    return IdentityDocument(number, kind)
