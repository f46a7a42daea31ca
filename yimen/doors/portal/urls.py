from django.urls import path

from yimen.doors.portal.views import asking, declaring, guide, messages, own, tracking

app_name = "portal"

urlpatterns = [
    path("message/", messages.leave, name="leave"),
    path("message/<slug:word>", messages.follow, name="message"),
    path("here/<slug:word>", declaring.declare, name="declare"),
    path("r/<slug:word>", asking.answer, name="round"),
    path("t/", tracking.ask_word, name="ask"),
    path("my/file", own.show, name="mine"),
    path("my/file/copy", own.copy, name="copy"),
    path("my/file/ask", own.ask, name="ask_mine"),
    path("my/file/leave", own.leave, name="leave_mine"),
    path("my/file/consents/<slug:purpose>/withdraw", own.withdraw, name="withdraw"),
    path("my/file/kept/<slug:word>/withdraw", own.withdraw_kept, name="withdraw_kept"),
    path("my/looks", own.show_looks, name="looks"),
    path("my/open/<slug:word>", own.open_page, name="open"),
    path("my/open/<slug:word>/join", own.join, name="join"),
    path("t/<slug:word>", tracking.track, name="track"),
    path("guide/", guide.show_catalogue, name="catalogue"),
    path("guide/<slug:matter>/", guide.show_guide, name="guide"),
    path("guide/<slug:matter>/print", guide.print_guide, name="guide_paper"),
    path("sites/", guide.show_sites, name="sites"),
    path("sites/<uuid:site>/", guide.show_site, name="site"),
]
