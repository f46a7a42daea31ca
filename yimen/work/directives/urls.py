from django.urls import path

from yimen.work.directives import views

app_name = "directives"

urlpatterns = [
    path("directives/", views.show_list, name="directives"),
    path("directives/lists/<slug:kind>/", views.show_list, name="list"),
    path("directives/new/", views.new, name="new"),
    path("directives/<uuid:directive>/", views.show, name="directive"),
    path("directives/<uuid:directive>/<slug:deed>/", views.act, name="deed"),
]
