"""For what a resident may be asked to agree (同意用途), as definitions: each edition is a wording that is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Definition, Grammar, current_all
from yimen.registers.consents.rules import why_not_agree

PURPOSE = "consent_purpose"


class Purpose(Grammar):
    """One purpose (同意用途): the words that are read to her, what a withdrawal stops, and which proofs count.

    ``anew`` says of an edition that who agreed to earlier words has to be asked again (须重新取得同意). ``discreet``: that
    somebody agreed tells something of her by itself (转诊), so it stands on her own page and on none of the street (只给本人看).
    ``ended``: nobody is asked any more, and what was agreed to stands for nothing (停用); an edition like any other, for versions
    are never deleted. ``listed``: who agrees stands on a list by her own will until she takes it back (自愿名册); a purpose that
    tells something of her, or asks for sensitive data, has no list.
    """

    labels = {
        "title": "用途",
        "wording": "告知内容",
        "stops": "撤回以后",
        "proofs": "可以用的证明",
        "proofs.signed": "本人签字",
        "proofs.at_window": "当面口头同意，有人在场",
        "proofs.phone": "电话同意",
        "proofs.application": "本人在申请中写明",
        "sensitive": "敏感个人信息",
        "anew": "改后须重新取得同意",
        "discreet": "只给本人看",
        "ended": "停用",
        "listed": "列入自愿名册",
        "basis": "法律依据",
        "order": "排列",
    }

    title: str = Field(min_length=2, max_length=30)
    wording: str = Field(min_length=10, max_length=400)
    stops: str = Field(min_length=4, max_length=200)
    proofs: tuple[Literal["signed", "at_window", "phone", "application"], ...] = Field(min_length=1)
    sensitive: bool = False
    anew: bool = False
    discreet: bool = False
    ended: bool = False
    listed: bool = False
    basis: str = Field(min_length=4, max_length=200)
    order: int = 50

    @model_validator(mode="after")
    def _no_list_of_what_is_hers(self) -> "Purpose":
        if self.listed and (self.sensitive or self.discreet):
            raise ValueError("列入自愿名册的用途，不能是敏感个人信息，也不能只给本人看")
        return self


def purposes_on(on: date) -> list[Definition]:
    """The purposes in force, in order."""
    return sorted(current_all(PURPOSE, on=on), key=lambda one: (one.body.order, one.key))


def work_of(purpose: str) -> str:
    """The kind of work that keeping in touch with a list is (名册的联系工作), for which A岗 and B岗 are named."""
    return f"consents:{purpose}"


def listed_on(on: date) -> list[Definition]:
    """The purposes in force whose people stand on a list (列名册的用途), in order."""
    return [one for one in purposes_on(on) if one.body.listed and not one.body.ended]


def run_purpose_example(purpose: Purpose, given: Mapping[str, Any], on: date | None) -> Mapping[str, Any]:
    """May it be noted? ``proof``, ``age`` and ``said_by`` given."""
    found = why_not_agree(
        proofs=purpose.proofs,
        sensitive=purpose.sensitive,
        ended=purpose.ended,
        proof=given["proof"],
        proof_note=given.get("proof_note", ""),
        age=given.get("age"),
        said_by=given.get("said_by", ""),
    )
    return {"codes": [one.code for one in found]}
