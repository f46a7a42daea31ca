"""Tables of official seals."""

from yimen.services.seals.models.requests import SealRequest, Stamping
from yimen.services.seals.models.seals import OfficialSeal, SealHandover

__all__ = ["OfficialSeal", "SealHandover", "SealRequest", "Stamping"]
