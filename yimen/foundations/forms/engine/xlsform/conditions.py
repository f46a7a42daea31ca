"""The conditions, constraints and calculations of one row (条件与算法), carried over into a question of ours."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from yimen.foundations.definitions.api import check_expression
from yimen.foundations.forms.engine.xlsform.own import own_expression
from yimen.foundations.forms.engine.xlsform.phrases import (
    Names,
    Told,
    calculation_into_ours,
    constraint_into_ours,
    into_ours,
)
from yimen.foundations.forms.engine.xlsform.remarks import CHANGED, NO, YES, Remarks
from yimen.foundations.forms.engine.xlsform.sheets import Row
from yimen.foundations.forms.engine.xlsform.syntax import BadPhrase

UNMET = "填写不合要求，请核对"


class Conditions:
    """Carries expressions over, knowing which questions stand above (``known``) and why others do not."""

    def __init__(self, remarks: Remarks, why_not_asked: Callable[[str], str]) -> None:
        self.remarks = remarks
        self.known: dict[str, Told] = {}
        self._why_not_asked = why_not_asked

    def put_into(self, question: dict[str, Any], row: Row, around: Sequence[str]) -> None:
        """Everything the row says of when it shows, must be answered, is right, or is worked out; ``around`` are its groups."""
        types = {told.key: told.type for told in self.known.values()}
        names = Names(self.known, why_not=self._why_not_asked)
        own = Told(question["key"], question["type"])
        at_own = Names(self.known, own=own, why_not=self._why_not_asked)
        named = Names({**self.known, row.of("name"): own}, own=own, why_not=self._why_not_asked)
        shows = own_expression(row, "relevant", types) if not around else ""
        conditions = [
            ours
            for written in (*around, row.of("relevant"))
            if written and (ours := self._carried(row, "relevant", written, into_ours, names))
        ]
        if shows or conditions:
            question["show_if"] = shows or self._together(row, conditions)
        if question["type"] == "note":
            for column in ("constraint", "calculation", "required"):
                if row.of(column).lower() not in NO:
                    self.remarks.say(row, f"说明不用填，{column} 没有带进来")
            return
        self._worked_out(row, question, names, types)
        worked = bool(question.get("calculate") or question.get("score"))
        if not worked:
            self._required(row, question, at_own, types)
        elif row.of("required").lower() not in NO:
            self.remarks.say(row, "算出来的题目不用填，必填没有带进来")
        self._constraint(row, question, named, {**types, question["key"]: question["type"]})

    def _together(self, row: Row, conditions: Sequence[str]) -> str:
        """All conditions as one: those of the groups around, and its own."""
        if len(conditions) == 1:
            return conditions[0]
        joined = " && ".join(f"({one})" for one in conditions)
        if faults := check_expression(joined):
            self.remarks.say(row, f"各层的显示条件合在一起太复杂，没有带进来：{faults[0]}")
            return ""
        return joined

    def _worked_out(self, row: Row, question: dict[str, Any], names: Names, types: Mapping[str, str]) -> None:
        written = row.of("calculation")
        if ours := own_expression(row, "calculation", types, calculates=question["type"]):
            question["calculate"] = ours
        elif question.get("score"):
            return
        elif written and question["type"] in ("calculate", "number", "text", "money", "yesno"):
            if found := self._carried(row, "calculation", written, calculation_into_ours, names):
                ours, kind, decimals = found
                if question["type"] == "money" and kind == "number":
                    ours, kind = f"({ours}) * 100", "money"
                question |= {"calculate": ours, "type": kind}
                question.pop("decimals", None)
                if kind == "number" and decimals:
                    question["decimals"] = decimals
                for name in ("min", "max", "max_length", "pattern", "prefill"):
                    question.pop(name, None)
        elif written:
            self.remarks.say(row, f"{row.of('type')} 题不能算出来，calculation 没有带进来")
        if question["type"] == "calculate" and not written:
            self.remarks.say(row, "没有写算法（calculation），没有带进来")

    def _required(self, row: Row, question: dict[str, Any], names: Names, types: Mapping[str, str]) -> None:
        written = row.of("required")
        if ours := own_expression(row, "required", types):
            question["required_if"] = ours
        elif written.lower() in YES:
            question["required"] = True
        elif written.lower() not in NO and (
            ours := self._carried(row, "required", written, into_ours, names)
        ):
            question["required_if"] = ours

    def _constraint(self, row: Row, question: dict[str, Any], names: Names, types: Mapping[str, str]) -> None:
        says = " ".join(self.remarks.words(row, "constraint_message").split())
        written = row.of("constraint")
        ours = own_expression(row, "constraint", types)
        if not ours and written:
            found = self._carried(row, "constraint", written, constraint_into_ours, names)
            ours, limits = found or ("", {})
            question |= limits
            if limits and not ours:
                self.remarks.say(row, "不早于（晚于）今天由系统自己判断，提示用系统自己的话", CHANGED)
                return
        if ours:
            if not says:
                self.remarks.say(row, f"没有写不合要求时怎么提示，用了“{UNMET}”", CHANGED)
            question["constraint"] = ours
            question["constraint_says"] = self.remarks.cut(row, says or UNMET, "constraint_says")
        elif says and not written:
            self.remarks.say(row, "只有提示没有要求（constraint），没有带进来")

    def _carried(self, row: Row, column: str, written: str, carry: Any, names: Names) -> Any:
        try:
            found = carry(written, names)
        except BadPhrase as error:
            self.remarks.say(row, f"{column}“{written[:60]}”没有带进来：{error}")
            return None
        return found
