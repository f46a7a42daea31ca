from django.urls import path

from yimen.work.gatherings import views

app_name = "gatherings"

urlpatterns = [
    path("gatherings/", views.show_list, name="gatherings"),
    path("gatherings/list/<str:kind>/", views.show_list, name="list"),
    path("gatherings/new/", views.new, name="new"),
    path("gatherings/<uuid:gathering>/", views.show, name="gathering"),
    path("gatherings/<uuid:gathering>/sheet/", views.sheet, name="sheet"),
    path("gatherings/<uuid:gathering>/<str:deed>/", views.act, name="deed"),
    path("my-gatherings/", views.show_mine, name="my_gatherings"),
    path("my-gatherings/<uuid:gathering>/", views.show_my_part, name="mine"),
    path("my-gatherings/<uuid:gathering>/answer/", views.answer, name="answer"),
    path("my-gatherings/<uuid:gathering>/sign-in/", views.sign_in_mine, name="sign_in_mine"),
]
