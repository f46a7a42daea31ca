from django.urls import path

from yimen.services.priority import views

app_name = "priority"

urlpatterns = [
    path("priority/week/", views.show_week, name="week"),
    path("priority/week/paper/", views.show_paper, name="paper"),
    path("priority/people/<uuid:person>/", views.mark, name="mark"),
    path("priority/marks/<uuid:mark>/withdraw/", views.withdraw, name="withdraw"),
]
