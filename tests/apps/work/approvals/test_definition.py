"""What a chain may say, and the code on its sheet."""

from uuid import uuid4

import pytest
from pydantic import ValidationError

from yimen.foundations.access.ports import roles
from yimen.foundations.definitions.api import current_all, run_examples
from yimen.work.approvals.engine.grammar import Chain
from yimen.work.approvals.permissions import SIGN
from yimen.work.approvals.rules import paper_code, submission_of_code

REVIEW = {"kind": "review", "seats": [{"role": "section_chief", "title": "科长"}]}
ISSUE = {"kind": "issue", "seats": [{"role": "leader", "title": "分管领导"}]}
BOTH = [{"role": "section_chief", "title": "财务"}, {"role": "community_head", "title": "社区"}]
CHAIN = {"title": "试用流程", "summary": "用来试的流程。", "source": "试用依据", "steps": [REVIEW, ISSUE]}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"steps": [ISSUE, REVIEW]}, "最后一个环节是签发"),
        ({"steps": [ISSUE, ISSUE]}, "最后一个环节是签发"),
        ({"steps": []}, "steps"),
        ({"steps": [{"kind": "countersign", "seats": BOTH[:1]}, ISSUE]}, "会签至少两个签位"),
        ({"steps": [REVIEW | {"seats": BOTH}, ISSUE]}, "会签至少两个签位"),
        ({"steps": [REVIEW, REVIEW, ISSUE]}, "一样的名称"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_does_not_fit_is_refused(changed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        Chain(**CHAIN | changed)


def test_what_is_shipped_can_be_signed_and_its_examples_hold(db, acting, system, today):
    with acting(system):
        shipped = current_all("chain", on=today)
        known = roles(on=today)
        results = run_examples("chain")
    named = {seat.role for one in shipped for step in one.body.steps for seat in step.seats}
    assert len(shipped) >= 4 and all(SIGN in known[role].permissions for role in named)
    assert len(results) >= 5 and [one.sentence for one in results if not one.holds] == []


def test_the_code_of_a_sheet_leads_back_to_it_however_it_is_typed():
    found = uuid4()
    code = paper_code(found)
    assert submission_of_code(f" {code[:9].upper()} {code[9:]}\n") == found
    assert submission_of_code("cp.short") is None and submission_of_code(code[3:]) is None
