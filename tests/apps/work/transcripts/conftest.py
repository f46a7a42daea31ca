"""A street at work, and another system into which cases of one of its matters are typed too."""

import pytest
from django.utils import timezone

from tests.apps.work.desk.conftest import (
    FAR,
    HOME,
    STREET,
    asked,
    clerk,
    on_day,
    person,
    signed_in,
    street,
)
from tests.apps.work.desk.test_pages import _accept
from yimen.foundations.bus.api import run_pending_jobs
from yimen.foundations.definitions.api import publish
from yimen.work.desk.models import Case
from yimen.work.transcripts.models import Transcript

__all__ = ["FAR", "HOME", "STREET", "asked", "clerk", "person", "signed_in", "street"]

SYSTEM = {
    "title": "省里的试用系统",
    "matters": ["trial"],
    "dates": "2026/01/31",
    "source": "试用依据",
    "fields": [
        {"label": "渠道", "source": "fixed", "text": "窗口"},
        {"label": "姓名", "source": "name"},
        {"label": "身份证号", "source": "id_number"},
        {"label": "手机", "source": "phone"},
        {"label": "受理日", "source": "accepted_on"},
        {"label": "事由", "source": "answer", "key": "reason"},
        {"label": "来源编号", "source": "case_number"},
        {"label": "银行卡号"},
    ],
    "states": [{"title": "审核中"}, {"title": "退回"}, {"title": "已办结", "ended": True}],
    "export": {"number": "流水号", "state": "环节", "match": "case_number", "key": "来源编号"},
}


@pytest.fixture
def system_there(street, acting, system):
    """The other system, wanted for the trial matter."""
    start = on_day(2026, 1, 5)
    with acting(system):
        publish(
            by=system,
            at=start,
            effective_on=start.date(),
            kind="outside_system",
            key="trial_system",
            body=SYSTEM,
        )
    return "trial_system"


@pytest.fixture
def taken(system_there, signed_in, person, acting, system):
    """``taken()``: a case of the trial matter, accepted over HTTP, whose events were heard; its transcript."""

    def take(**answers) -> Transcript:
        browser = signed_in(f"li{timezone.now():%H%M%S%f}", "window_clerk")
        answer = _accept(browser, person, **answers)
        assert answer.status_code == 302, answer.content.decode()
        run_pending_jobs()
        with acting(system):
            return Transcript.objects.get(case=Case.objects.latest("id").public_id)

    return take


@pytest.fixture
def again(acting, system):
    """A transcript as it stands now."""

    def read(found: Transcript) -> Transcript:
        with acting(system):
            return Transcript.objects.get(pk=found.pk)

    return read
