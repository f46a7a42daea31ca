"""The paper twin of an application form at the window: printed for one person, and its code leads back (纸质申请表)."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.forms.api import PaperForm, form_of_paper, is_paper_code, paper_page
from yimen.foundations.ui.api import guarded, render
from yimen.kernel.refusals import NotFound
from yimen.registers.people import api as people
from yimen.work.desk.permissions import ACCEPT_CASE
from yimen.work.desk.queries import form_of, get_matter, matters_asking

SHOWN = 8


@guarded(ACCEPT_CASE)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("q")
def open_twin(request: HttpRequest) -> HttpResponse:
    """Where the answers of a paper are typed in (录入纸质表), by the code on it.

    Printed for one person, it leads on to her intake; otherwise she is found first. What is looked for is posted, so
    that a complete id number stands in no address.
    """
    code = request.GET.get("code", "")
    paper = form_of_paper(code)
    matters = matters_asking(paper.form.key, on=request.today)
    card = _card(request, paper.subject) if paper.subject or "person" in request.GET else None
    if card and len(matters) == 1:
        return HttpResponseRedirect(_intake(matters[0].key, card, code))
    words = request.POST.get("q", "").strip()
    found = people.find_people(words, by=request.actor, on=request.today, limit=SHOWN) if words else ()
    page = {
        "form": paper.form,
        "code": code,
        "person": card,
        "matters": [(one, _intake(one.key, card, code) if card else "") for one in matters],
        "words": words,
        "found": [(one, f"?{urlencode({'code': code, 'person': one.public_id})}") for one in found],
    }
    return render(request, "desk/twin.html", page)


@guarded(ACCEPT_CASE)
@require_GET
def print_twin(request: HttpRequest, matter: str) -> HttpResponse:
    """The form of a matter on paper for one person to take home (打印申请表)."""
    card = _card(request)
    form = form_of(get_matter(matter, by=request.actor, on=request.today))
    return render(request, "forms/paper.html", paper_page(form, subject=card.public_id, who=card.name))


def twin_of(request: HttpRequest) -> PaperForm | None:
    """The paper from which this intake is typed in, if it is."""
    code = request.GET.get("paper", "")
    return form_of_paper(code) if is_paper_code(code) else None


def _card(request: HttpRequest, printed_for: UUID | None = None) -> people.PersonCard:
    try:
        who = printed_for or UUID(request.GET.get("person", ""))
    except ValueError as error:
        raise NotFound("先找到居民，再打印或录入。") from error
    return people.person_card(who, by=request.actor, on=request.today)


def _intake(matter: str, card: people.PersonCard, code: str) -> str:
    return f"{reverse('desk:intake', args=[matter])}?{urlencode({'person': card.public_id, 'paper': code})}"
