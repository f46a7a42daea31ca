"""How a street accepts the work of providers (机构服务验收规矩): grades of quality and what each is worth."""

from datetime import date

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current

KIND = "provider_practice"
STANDARD = "standard"


class Grade(Grammar):
    """A grade of quality (质量等次) and its coefficient in percent (质量系数)."""

    labels = {"key": "编号", "title": "等次", "percent": "质量系数（%）"}

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=20)
    title: str = Field(min_length=2, max_length=20)
    percent: int = Field(ge=0, le=200)


class ProviderPractice(Grammar):
    """The grades by which submitted work is accepted, as a street agrees them with its providers."""

    labels = {
        "source": "依据",
        "practising_licence": "执业凭哪种证照",
        "referral_days": "转诊查阅最多几天",
        "grade": "质量等次",
    }

    source: str = Field(min_length=4)
    practising_licence: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=30)
    referral_days: int = Field(ge=1, le=366)
    grade: tuple[Grade, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> "ProviderPractice":
        if len({one.key for one in self.grade}) != len(self.grade):
            raise ValueError("质量等次里有重复的编号")
        return self

    @property
    def grades(self) -> dict[str, Grade]:
        return {one.key: one for one in self.grade}


def practice(*, on: date) -> ProviderPractice:
    """The grades in force on a day (质量等次)."""
    return current(KIND, STANDARD, on=on).body
