from django.urls import path

from yimen.steering.returns.views import editions, parts, tables

app_name = "returns"

urlpatterns = [
    path("returns/", tables.show_returns, name="list"),
    path("returns/new/", tables.upload, name="new"),
    path("returns/<uuid:table>/", tables.show_return, name="return"),
    path("returns/<uuid:table>/columns/", tables.columns, name="columns"),
    path("returns/<uuid:table>/download/", tables.download, name="download"),
    path("returns/<uuid:table>/people/", tables.choose, name="choose"),
    path("returns/<uuid:table>/again/", tables.resume, name="resume"),
    path("returns/<uuid:table>/editions/", editions.make_edition, name="make_edition"),
    path("returns/editions/<uuid:edition>/", editions.show_edition, name="edition"),
    path("returns/editions/<uuid:edition>/download/", editions.download_edition, name="download_edition"),
    path("returns/editions/<uuid:edition>/sign/", editions.sign, name="sign"),
    path("returns/<uuid:table>/down/", parts.send, name="send"),
    path("returns/<uuid:table>/parts/", parts.show_whole, name="whole"),
    path("returns/<uuid:table>/parts/mine/", parts.take_over, name="take_over"),
    path("returns/parts/", parts.show_parts, name="parts"),
    path("returns/parts/<uuid:part>/", parts.show_part, name="part"),
    path("returns/parts/<uuid:part>/hand-in/", parts.hand_in, name="hand_in"),
    path("returns/parts/<uuid:part>/back/", parts.give_back, name="give_back"),
    path("returns/parts/<uuid:part>/withdraw/", parts.withdraw, name="withdraw"),
    path("returns/parts/<uuid:part>/urge/", parts.urge, name="urge"),
]
