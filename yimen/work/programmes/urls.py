from django.urls import path

from yimen.work.programmes import views

app_name = "programmes"

urlpatterns = [
    path("duties/", views.show_list, name="duties"),
    path("duties/lists/<slug:kind>/", views.show_list, name="list"),
    path("duties/week", views.show_week, name="week"),
    path("duties/new", views.new, name="new"),
    path("duties/<uuid:duty>/", views.show, name="duty"),
    path("duties/<uuid:duty>/<slug:deed>", views.act, name="deed"),
]
