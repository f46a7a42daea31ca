"""Where a cell stands in a sheet (单元格位置): row and column from 1, and the letters that spreadsheets give columns."""

from dataclasses import dataclass

Place = tuple[int, int]


@dataclass(frozen=True)
class Merge:
    """A merged range (合并单元格), first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Does a cell lie in the range?"""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def column_number(letters: str) -> int:
    """'A' → 1, 'AB' → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → 'A', 28 → 'AB'."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
