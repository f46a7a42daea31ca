"""What the local service of a card reader answers (读卡协议), in one place for the simulator, the contract test and installers.

The server never asks a reader: the browser does, at ``GET {service}/v1/card`` on the window's own computer, and sends on
number, name, address and term. The photo stays in the browser. docs/how-to/connect-a-card-reader.md tells it in words.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PATH = "/v1/card"
FOR_EVER = "长期"


class ReadCard(BaseModel):
    """One card that lies on the reader (读到的证件). ``reading`` is new each time a card is laid down."""

    model_config = ConfigDict(extra="forbid")

    reading: str = Field(min_length=8, max_length=64)
    seconds_ago: float = Field(ge=0)
    id_number: str = Field(pattern=r"^[0-9]{17}[0-9X]$")
    name: str = Field(min_length=1, max_length=80)
    sex: Literal["男", "女"]
    birth_date: date
    address: str = Field(max_length=200)
    valid_until: date | Literal["长期"]
    photo: str = Field(default="", pattern=r"^(data:image/(jpeg|png|bmp);base64,[A-Za-z0-9+/=]+)?$")


class ReaderAnswer(BaseModel):
    """The whole answer: how the reader is, and the card on it, if any."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["ready", "unplugged", "unreadable"]
    card: ReadCard | None
