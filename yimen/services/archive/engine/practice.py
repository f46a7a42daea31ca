"""How this archive lends (借阅规矩): a definition, so that a street can set its own."""

from datetime import date

from pydantic import Field, model_validator

from yimen.foundations.definitions.api import Grammar, current


class ArchivePractice(Grammar):
    """How long an original may be out (借阅规矩): usually, and at most."""

    labels = {
        "loan_days": "一般借阅天数",
        "longest_loan_days": "最长借阅天数",
        "source": "依据",
    }

    loan_days: int = Field(ge=1, le=365)
    longest_loan_days: int = Field(ge=1, le=365)
    source: str = Field(min_length=2)

    @model_validator(mode="after")
    def usual_within_longest(self):
        if self.loan_days > self.longest_loan_days:
            raise ValueError("一般借阅天数不能长于最长借阅天数")
        return self


def archive_practice(on: date) -> ArchivePractice:
    """The rule in force on a day."""
    return current("archive_practice", "standard", on=on).body
