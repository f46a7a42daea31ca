"""What a street says about doors (门口规矩): how long a check is fresh, a sheet with a code holds, how often one may declare."""

from datetime import date, timedelta

from pydantic import Field

from yimen.foundations.definitions.api import Grammar, current

KIND, STANDARD = "door_practice", "standard"


class DoorPractice(Grammar):
    """How doors are kept up to date here."""

    labels = {
        "fresh_days": "核实后多少天内算新鲜",
        "sheet_days": "扫码申报的纸张贴多少天有效",
        "declarations_an_hour": "同一来源一小时最多申报几次",
        "declarations_a_day_at_a_door": "同一户一天最多收几份申报",
        "keep_days": "申报办结后保留多少天",
        "source": "依据",
    }

    fresh_days: int = Field(ge=7, le=1500)
    sheet_days: int = Field(ge=1, le=400)
    declarations_an_hour: int = Field(ge=1, le=100)
    declarations_a_day_at_a_door: int = Field(ge=1, le=50)
    keep_days: int = Field(ge=1, le=400)
    source: str = Field(min_length=4)

    def fresh_since(self, on: date) -> date:
        """The first day on which a check is still fresh on ``on`` (新鲜的起算日)."""
        return on - timedelta(days=self.fresh_days)


def door_practice(*, on: date) -> DoorPractice:
    """The practice in force on a day."""
    return current(KIND, STANDARD, on=on).body
