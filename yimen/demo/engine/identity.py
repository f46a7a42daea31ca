"""Names and numbers of people who do not exist (虚构的姓名和号码).

Id numbers begin with 330299: no division ever had that code, so no real number begins so; the check character is right, for
the product refuses wrong ones. Mobile numbers begin with 154 0000: 154 was never given to any operator.
"""

from datetime import date
from random import Random

from yimen.demo.engine.toml import read

NO_DIVISION = "330299"
NO_OPERATOR = "1540000"
WHOLE_NAMES = (
    50  # of a hundred given names so many, short ones included, are taken from the list as they stand
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class Numbers:
    """Hands out numbers one after another, so that no two people share one."""

    def __init__(self, *, phones: str = NO_OPERATOR, first: int = 1) -> None:
        self._phones, self._phone, self._first = phones, 0, first
        self._taken: dict[date, dict[str, int]] = {}

    def citizen_id(self, *, birth_on: date, sex: str) -> str:
        """An id number of that birthday and sex (male odd, female even) under the division that does not exist."""
        day = self._taken.setdefault(birth_on, {"male": self._first, "female": self._first + 1})
        sequence = day[sex]
        day[sex] += 2
        body = f"{NO_DIVISION}{birth_on:%Y%m%d}{sequence:03d}"
        total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
        return body + _CHECKS[total % 11]

    def phone(self) -> str:
        self._phone += 1
        return f"{self._phones}{self._phone:0{11 - len(self._phones)}d}"


class Names:
    """Puts names together by chance: surnames as often as they occur, given names as they were liked."""

    def __init__(self, rng: Random) -> None:
        told = read("names")
        self._rng = rng
        self._surnames, self._weights = zip(*told["surnames"], strict=True)
        self._given = told["given"]

    def surname(self) -> str:
        return self._rng.choices(self._surnames, self._weights)[0]

    def given(self, *, sex: str, year: int) -> str:
        """One that was liked when she was born, or two characters that were."""
        liked = next(names for names in self._given if year < names["until"])
        chance = self._rng.randrange(100)
        short = [name for name in liked[sex] if len(name) == 1]
        if chance < liked["single"]:
            return self._rng.choice([*short, *liked[f"{sex}_second"]])
        if chance < WHOLE_NAMES:
            return self._rng.choice([name for name in liked[sex] if len(name) > 1])
        first = self._rng.choice(liked[f"{sex}_first"])
        return first + self._rng.choice([one for one in liked[f"{sex}_second"] if one != first])

    def full(self, *, sex: str, year: int, surname: str = "") -> str:
        return (surname or self.surname()) + self.given(sex=sex, year=year)
