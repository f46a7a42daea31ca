"""What a street says about its service sites (服务点规矩): window days, usual hours, what sites may offer besides matters."""

from datetime import date

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current

STANDARD = "standard"


class Feature(Grammar):
    """A service or a piece of equipment of a site (便民服务、设备)."""

    labels = {"key": "编号", "title": "名称", "equipment": "是设备"}

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=2, max_length=40)
    equipment: bool = False


class SitePractice(Grammar):
    """How sites work here: days a week on which a community's window is open at least, usual hours, and the list of features."""

    labels = {
        "window_days": "每周窗口日（天）",
        "morning": "上午时段",
        "afternoon": "下午时段",
        "feature": "便民服务和设备",
        "source": "依据",
    }

    window_days: int = Field(ge=1, le=7)
    morning: str = ""
    afternoon: str = ""
    feature: tuple[Feature, ...] = ()
    source: str = Field(min_length=4)

    @model_validator(mode="after")
    def _once(self) -> "SitePractice":
        keys = [one.key for one in self.feature]
        if len(set(keys)) != len(keys):
            raise ValueError("便民服务和设备里有重复的编号")
        return self


def site_practice(*, on: date) -> SitePractice:
    """The practice in force on a day."""
    return current("site_practice", STANDARD, on=on).body
