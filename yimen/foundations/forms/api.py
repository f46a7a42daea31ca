"""The door of forms: from a definition to a page and back to answers (表单)."""

from yimen.foundations.forms.engine.building import AnswerForm, build_form
from yimen.foundations.forms.engine.grammar import FormGrammar, Option, Question
from yimen.foundations.forms.engine.judging import Judged, judge
from yimen.foundations.forms.engine.own_questions import OwnQuestions, carried_form, composed_questions
from yimen.foundations.forms.engine.papers import PaperPage, paper_code, paper_page
from yimen.foundations.forms.engine.reading import shown
from yimen.foundations.forms.engine.xlsform.reading import read_xlsform
from yimen.foundations.forms.engine.xlsform.sheets import CannotRead
from yimen.foundations.forms.engine.xlsform.writing import write_xlsform
from yimen.foundations.forms.operations.drafts import CannotBuild, drop_draft, publish_draft, upload_draft
from yimen.foundations.forms.operations.sheets import (
    AlreadyReplaced,
    CannotStoreAnswers,
    carry_over_sheets,
    erase_answers,
    store_answers,
)
from yimen.foundations.forms.permissions import BUILD
from yimen.foundations.forms.ports import Fact
from yimen.foundations.forms.queries.drafts import (
    DraftPreview,
    NoDraft,
    drafts,
    get_draft,
    preview_draft,
    workbook_of,
)
from yimen.foundations.forms.queries.sheets import (
    AnswerLine,
    FilledForm,
    NoSheet,
    NotAPaperForm,
    PaperForm,
    carried_facts,
    form_of_paper,
    get_sheet,
    is_paper_code,
    load_facts,
    read_answers,
    sheets_of,
)

__all__ = [
    "BUILD",
    "AlreadyReplaced",
    "AnswerForm",
    "AnswerLine",
    "CannotBuild",
    "CannotRead",
    "CannotStoreAnswers",
    "DraftPreview",
    "Fact",
    "FilledForm",
    "FormGrammar",
    "Judged",
    "NoDraft",
    "NoSheet",
    "NotAPaperForm",
    "Option",
    "OwnQuestions",
    "PaperForm",
    "PaperPage",
    "Question",
    "build_form",
    "carried_facts",
    "carried_form",
    "carry_over_sheets",
    "composed_questions",
    "drafts",
    "drop_draft",
    "erase_answers",
    "form_of_paper",
    "get_draft",
    "get_sheet",
    "is_paper_code",
    "judge",
    "load_facts",
    "paper_code",
    "paper_page",
    "preview_draft",
    "publish_draft",
    "read_answers",
    "read_xlsform",
    "sheets_of",
    "shown",
    "store_answers",
    "upload_draft",
    "workbook_of",
    "write_xlsform",
]
