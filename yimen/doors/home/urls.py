from django.urls import path

from yimen.doors.home import views

app_name = "home"

urlpatterns = [
    path("", views.show_home, name="home"),
    path("search", views.show_search, name="search"),
]
