"""The door of forms: from a definition to a page and back to answers (表单)."""

from yimen.foundations.forms.engine.building import AnswerForm, build_form
from yimen.foundations.forms.engine.grammar import FormGrammar, Option, Question
from yimen.foundations.forms.engine.judging import Judged, judge
from yimen.foundations.forms.engine.papers import PaperPage, paper_code, paper_page
from yimen.foundations.forms.operations import (
    AlreadyReplaced,
    CannotStoreAnswers,
    carry_over_sheets,
    erase_answers,
    store_answers,
)
from yimen.foundations.forms.ports import Fact
from yimen.foundations.forms.queries import (
    AnswerLine,
    FilledForm,
    NoSheet,
    NotAPaperForm,
    PaperForm,
    form_of_paper,
    get_sheet,
    is_paper_code,
    load_facts,
    read_answers,
    sheets_of,
)

__all__ = [
    "AlreadyReplaced",
    "AnswerForm",
    "AnswerLine",
    "CannotStoreAnswers",
    "Fact",
    "FilledForm",
    "FormGrammar",
    "Judged",
    "NoSheet",
    "NotAPaperForm",
    "Option",
    "PaperForm",
    "PaperPage",
    "Question",
    "build_form",
    "carry_over_sheets",
    "erase_answers",
    "form_of_paper",
    "get_sheet",
    "is_paper_code",
    "judge",
    "load_facts",
    "paper_code",
    "paper_page",
    "read_answers",
    "sheets_of",
    "store_answers",
]
