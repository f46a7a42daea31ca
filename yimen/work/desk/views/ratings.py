"""好差评: the figures, and entering a paper card."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yimen.foundations.ui.api import guarded, render
from yimen.kernel.periods import Month
from yimen.kernel.refusals import Refused
from yimen.registers.places.api import area_name
from yimen.work.desk.choices import Grade, RatingChannel
from yimen.work.desk.forms import PaperRatingForm
from yimen.work.desk.operations import rate_case
from yimen.work.desk.permissions import ENTER_PAPER_RATING, VIEW_RATINGS
from yimen.work.desk.queries import matter_titles, rating_counts

MONTHS = 12


@guarded(VIEW_RATINGS)
@require_GET
def show_ratings(request: HttpRequest) -> HttpResponse:
    """Ratings of the last twelve months by matter and area (评价统计)."""
    last = Month.of(request.today)
    counts = rating_counts(first=last.plus(1 - MONTHS), last=last, by=request.actor)
    titles = matter_titles(by=request.actor, on=request.today)
    page = {
        "since": last.plus(1 - MONTHS).label,
        "until": last.label,
        "grades": [(grade.value, grade.label) for grade in Grade],
        "rows": [
            {
                "area": area_name(count.area),
                "matter": titles.get(count.matter, count.matter),
                "count": count,
                "numbers": [count.grades.get(grade.value, 0) for grade in Grade],
            }
            for count in counts
        ],
        "may_enter": request.actor.can_somewhere(ENTER_PAPER_RATING),
    }
    return render(request, "desk/ratings.html", page)


@guarded(ENTER_PAPER_RATING)
@require_http_methods(["GET", "POST"])
def enter_paper_rating(request: HttpRequest) -> HttpResponse:
    """Type in a paper rating card (录入纸质评价卡)."""
    form = PaperRatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            rate_case(
                by=request.actor,
                at=request.at,
                word=answers["word"],
                grade=int(answers["grade"]),
                tags=answers["tags"],
                text=answers["text"],
                channel=RatingChannel.PAPER,
                request_key=request.POST.get("request_key"),
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "评价已录入，不记是哪一件。")
            return HttpResponseRedirect(reverse("desk:paper_rating"))
    return render(request, "desk/paper_rating.html", {"form": form}, status=422 if form.errors else 200)
