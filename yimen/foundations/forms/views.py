from django.http import HttpRequest, HttpResponse

from yimen.foundations.definitions.api import NoDefinition, current, versions_of
from yimen.foundations.forms.engine.papers import paper_page
from yimen.foundations.ui.api import public, render


@public
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """The paper twin of a form, of the version in force or, with ``?version=3``, of any."""
    wanted = request.GET.get("version", "")
    if wanted.isdecimal():
        form = next((one for one in versions_of("form", key) if one.version == int(wanted)), None)
        if form is None:
            raise NoDefinition(on="", title="表单", key=key, mend=f"没有第 {wanted} 版。")
    else:
        form = current("form", key, on=request.today)
    return render(request, "forms/paper.html", paper_page(form))
