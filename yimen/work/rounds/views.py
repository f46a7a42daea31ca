"""Pages of rounds: the list, a new one, one round with its roll and papers, typing in, and the result."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yimen.foundations.definitions.api import current
from yimen.foundations.documents.api import code_svg
from yimen.foundations.forms.api import build_form, paper_page, shown
from yimen.foundations.ui.api import (
    Action,
    Column,
    findings_into,
    guarded,
    public_address,
    record_export,
    refusals_into,
    render,
    render_list,
    workbook,
)
from yimen.kernel.clock import STREET_TIME
from yimen.kernel.refusals import NotAllowed, NotFound
from yimen.registers.places.api import area_name
from yimen.standards.masking import mask_name
from yimen.work.rounds import operations
from yimen.work.rounds.choices import OPEN, Channel, Standing
from yimen.work.rounds.engine.practice import keep_years, surveys
from yimen.work.rounds.engine.questionnaire import composed
from yimen.work.rounds.forms import MarkForm, OwnQuestions, RoundForm, TaskForm, TypeForm, WayForm
from yimen.work.rounds.lists import RollList, RoundList
from yimen.work.rounds.permissions import EXPORT, FIND, HOLD, OPEN_FILE, VIEW, WORK
from yimen.work.rounds.presenters import result_rows, return_lines
from yimen.work.rounds.queries import (
    areas_to_ask_in,
    form_of_round,
    get_line,
    get_round,
    reply_of,
    result_of,
    returns_of,
    roll_listed,
    rounds,
    tasks_of,
    to_print,
    together,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 60
MONTH = timedelta(days=30)


@guarded(VIEW)
@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """The rounds of one's area (征询清单)."""
    begin = Action("发起征询", reverse("rounds:new"), icon="plus", tone="primary")
    return render_list(
        request,
        RoundList,
        rounds(by=request.actor),
        actions=(begin,) if request.actor.can_somewhere(HOLD) else (),
    )


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a round (发起征询): a questionnaire that is ready, or questions of one's own; then whom and until when."""
    by, on = request.actor, request.today
    ready = surveys(on=on)
    key = request.GET.get("survey", "") or next(iter(ready), "own")
    survey = ready.get(key)
    given = request.POST if request.method == "POST" else None
    form = RoundForm(given, areas=areas_to_ask_in(by=by, on=on), survey=survey, today=on)
    own = None if survey else OwnQuestions(given)
    if given is not None and all([form.is_valid(), own is None or own.is_valid()]):
        with findings_into(form):
            told = form.cleaned_data
            questions = (
                current("form", survey.form, on=on).data
                if survey
                else composed(own.told, purpose=told["why"])
            )
            made = operations.open_round(
                by=by,
                at=request.at,
                questions=questions,
                request_key=request.POST.get("request_key"),
                **told,
            )
            messages.success(request, f"已发起，名单上 {made.size}。")
            return HttpResponseRedirect(reverse("rounds:round", args=[made.public_id]))
    here = reverse("rounds:new")
    page = {
        "form": form,
        "own": own,
        "paper": paper_page(current("form", survey.form, on=on)) if survey else None,
        "tabs": [
            {"label": one.title, "url": f"{here}?survey={name}", "current": name == key}
            for name, one in ready.items()
        ]
        + [{"label": "自己出题", "url": f"{here}?survey=own", "current": survey is None}],
        "key": key,
    }
    wrong = form.errors or (own and given is not None)
    return render(request, "rounds/new.html", page, status=422 if wrong else 200)


@guarded(VIEW)
@require_GET
def show(request: HttpRequest, round: UUID) -> HttpResponse:
    """One round (征询): what came back, community by community, and what to do next."""
    by, found = request.actor, get_round(round, by=request.actor)
    lines = returns_of(found, by=by)
    page = {
        "round": found,
        "area": area_name(found.area),
        "all": together(lines),
        "lines": return_lines(lines),
        "holds": by.can(HOLD, area=found.area),
        "years": keep_years(on=request.today),
        "ways": Channel.choices if found.is_running and by.can(HOLD, area=found.area) else (),
        "remind": WayForm(auto_id="id_remind_%s"),
    }
    return render(request, "rounds/round.html", page)


@guarded(HOLD)
@require_POST
def act(request: HttpRequest, round: UUID, deed: str) -> HttpResponse:
    """Say that papers went out, ask once more, end it (已发出、催一次、结束)."""
    given: dict[str, Any] = {
        "by": request.actor,
        "at": request.at,
        "round": round,
        "request_key": request.POST.get("request_key"),
    }
    if deed in ("asked", "remind"):
        form = WayForm(request.POST)
        if not form.is_valid():
            raise NotFound()
        operation = operations.ask_all if deed == "asked" else operations.remind
        done = operation(**given, **form.cleaned_data)
        messages.success(request, f"{'已记为发出' if deed == 'asked' else '已转去再问'} {done}。")
    elif deed == "close":
        operations.close_round(**given)
        messages.success(request, "已结束，结果可以看了。")
        return HttpResponseRedirect(reverse("rounds:result", args=[round]))
    else:
        raise NotFound()
    return HttpResponseRedirect(reverse("rounds:round", args=[round]))


@guarded(VIEW)
@require_GET
def show_roll(request: HttpRequest, round: UUID) -> HttpResponse:
    """Who is asked (名单): with the filters it is the list to call, and the list to knock at."""
    found = get_round(round, by=request.actor)
    back = Action("回到征询", reverse("rounds:round", args=[round]), icon="arrow-left")
    return render_list(
        request,
        RollList,
        roll_listed(found, by=request.actor),
        title=f"{found.title} · 名单",
        actions=(back,),
    )


@guarded(VIEW)
@require_http_methods(["GET", "POST"])
def show_line(request: HttpRequest, round: UUID, line: UUID) -> HttpResponse:
    """One on the roll (名单上的一位): how to reach her, and how it went."""
    by, found = request.actor, get_round(round, by=request.actor)
    one = get_line(found, line, by=by)
    form = MarkForm(
        request.POST if request.method == "POST" else None,
        initial={"channel": one.channel, "standing": Standing.NOT_REACHED},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            operations.mark_line(
                by=by,
                at=request.at,
                round=round,
                line=line,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, "记下了。")
            return HttpResponseRedirect(reverse("rounds:roll", args=[round]))
    named = None if found.is_anonymous else reply_of(one, by=by)
    body = form_of_round(found).body
    typing = urlencode({"word": one.word, "channel": one.channel})
    page = {
        "round": found,
        "line": one,
        "name": one.person_name if by.can_somewhere(FIND) else mask_name(one.person_name),
        "community": area_name(one.community),
        "holds": by.can(HOLD, area=found.area) and found.is_running,
        "open": one.standing in OPEN,
        "form": form,
        "file": reverse("people:file", args=[one.person]) if by.can(OPEN_FILE, area=one.area) else "",
        "link": public_address(request, reverse("portal:round", args=[one.word])),
        "typing": f"{reverse('rounds:type', args=[round])}?{typing}",
        "told": [(one.label, shown(one, named[one.key])) for one in body.questions if one.key in named]
        if named
        else [],
    }
    return render(request, "rounds/line.html", page, status=422 if form.errors else 200)


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def type_in(request: HttpRequest, round: UUID) -> HttpResponse:
    """Type a questionnaire from paper or telephone (录入回卷): the code, the answers, and on to the next."""
    by, found = request.actor, get_round(round, by=request.actor)
    definition = form_of_round(found)
    if request.method == "POST":
        whose = TypeForm(request.POST)
        form = build_form(definition, on=request.today, data=request.POST)
        if all([whose.is_valid(), form.is_valid()]):
            with findings_into(whose):
                operations.take_reply(
                    by=by,
                    at=request.at,
                    round=round,
                    word=whose.cleaned_data["paper_code"],
                    answers=form.answers,
                    channel=whose.cleaned_data["paper_channel"],
                    request_key=request.POST.get("request_key"),
                )
                messages.success(request, "已登记。接着录下一份。")
                return HttpResponseRedirect(
                    f"{reverse('rounds:type', args=[round])}?{urlencode({'channel': whose.cleaned_data['paper_channel']})}"
                )
    else:
        channel = request.GET.get("channel", "")
        asked = channel if channel in Channel.values else Channel.PAPER
        whose = TypeForm(initial={"paper_code": request.GET.get("word", "")[:30], "paper_channel": asked})
        form = build_form(definition, on=request.today)
    page = {"round": found, "whose": whose, "form": form}
    return render(request, "rounds/type.html", page, status=422 if whose.errors or form.errors else 200)


@guarded(HOLD)
@require_GET
def papers(request: HttpRequest, round: UUID) -> HttpResponse:
    """The questionnaires on paper, each with its code (纸质问卷), so many at a time."""
    return _printed(request, round, Channel.PAPER, "rounds/papers.html")


@guarded(HOLD)
@require_GET
def slips(request: HttpRequest, round: UUID) -> HttpResponse:
    """Slips with the link as a code to scan (扫码填写条), so many at a time."""
    return _printed(request, round, Channel.LINK, "rounds/slips.html")


@guarded(VIEW)
@require_GET
def show_result(request: HttpRequest, round: UUID) -> HttpResponse:
    """What was said (征询结果): on the screen, on paper (``?print=1``) and as a workbook (``?export=xlsx``)."""
    by, found = request.actor, get_round(round, by=request.actor)
    result, lines = result_of(found, by=by, on=request.today), returns_of(found, by=by)
    if request.GET.get("export") == "xlsx":
        if not by.can_somewhere(EXPORT):
            raise NotAllowed(permission=EXPORT, area="")
        return _sheet(request, found, result, lines)
    made = {(one.question, one.option): one for one in tasks_of(found, by=by)}
    page = {
        "round": found,
        "area": area_name(found.area),
        "result": result,
        "questions": [
            (
                one,
                result.words.get(one["key"], []),
                [(each, made.get((one["key"], each["value"]))) for each in one["options"]],
            )
            for one in (result.counted["questions"] if result.counted else [])
        ],
        "all": together(lines),
        "lines": return_lines(lines),
        "makes": by.can(HOLD, area=found.area) and by.can(WORK, area=found.area),
        "exports": by.can_somewhere(EXPORT),
        "today": request.today,
    }
    return render(
        request, "rounds/result_paper.html" if "print" in request.GET else "rounds/result.html", page
    )


@guarded(HOLD)
@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, round: UUID) -> HttpResponse:
    """Make a duty of a need (需求转任务)."""
    by, found = request.actor, get_round(round, by=request.actor)
    question, option = request.GET.get("question", ""), request.GET.get("option", "")
    asked = form_of_round(found).body.question(question)
    if asked is None:
        raise NotFound()
    need = asked.label_of(option) if asked.options else {"True": "是", "False": "否"}.get(option, option)
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        initial={"title": f"服务周：{need}"[:60], "due_on": request.today + MONTH},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_into(form):
            operations.make_task(
                by=by,
                at=request.at,
                round=round,
                question=question,
                option=option,
                request_key=request.POST.get("request_key"),
                **form.cleaned_data,
            )
            messages.success(request, "已转成待办，到期会在首页提醒。")
            return HttpResponseRedirect(reverse("rounds:result", args=[round]))
    page = {"round": found, "form": form, "question": asked.label, "need": need}
    return render(request, "rounds/task.html", page, status=422 if form.errors else 200)


def _printed(request: HttpRequest, public_id: UUID, channel: Channel, template: str) -> HttpResponse:
    by, found = request.actor, get_round(public_id, by=request.actor)
    by.must(HOLD, area=found.area)
    rows = list(to_print(found, channel, after=_after(request), by=by)[: AT_ONCE + 1])
    finds = by.can_somewhere(FIND)
    page = {
        "round": found,
        "area": area_name(found.area),
        "paper": paper_page(form_of_round(found)),
        "years": keep_years(on=request.today),
        "rows": [
            (
                one,
                one.person_name if finds else mask_name(one.person_name),
                # The code is made of our own letters only.
                mark_safe(_code(request, one.word)),  # nosec B308 B703
            )
            for one in rows[:AT_ONCE]
        ],
        "more": f"?after={rows[AT_ONCE - 1].public_id}" if len(rows) > AT_ONCE else "",
    }
    return render(request, template, page)


def _after(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _code(request: HttpRequest, word: str) -> str:
    return code_svg(public_address(request, reverse("portal:round", args=[word])), title="扫码填写")


def _sheet(request: HttpRequest, found: Any, result: Any, lines: Any) -> HttpResponse:
    rows = result_rows(result, lines)
    columns = [
        Column("question", "题目", value=lambda row: row[0], width=30),
        Column("option", "选项", value=lambda row: row[1], width=30),
        Column("count", "份数", value=lambda row: row[2]),
        Column("share", "占比", value=lambda row: row[3]),
    ]
    remarks = [
        f"数据截至 {request.at.astimezone(STREET_TIME):%Y-%m-%d %H:%M}　导出人：{request.actor.name}",
        f"{found.opens_on} 至 {found.closes_on}　{found.get_secrecy_display()}　抽样种子 {found.seed}",
        result.why_not,
    ]
    body, count = workbook(found.title, [one for one in remarks if one], columns, rows)
    record_export(
        by=request.actor, at=request.at, name="rounds.result", conditions=[str(found.public_id)], rows=count
    )
    file = quote(f"{found.title}-{request.at:%Y%m%d-%H%M}.xlsx")
    return HttpResponse(
        body,
        content_type=XLSX,
        headers={
            "Content-Disposition": f"attachment; filename=\"round.xlsx\"; filename*=UTF-8''{file}",
            "Cache-Control": "no-store",
        },
    )
