from django.urls import path

from yimen.work.bookings.views import board, bookings, counters, halls

app_name = "bookings"

urlpatterns = [
    path("queue/", halls.show_halls, name="halls"),
    path("queue/new", halls.open_hall, name="open_hall"),
    path("queue/<uuid:hall>/", halls.show_hall, name="hall"),
    path("queue/<uuid:hall>/settings", halls.change_hall, name="settings"),
    path("queue/<uuid:hall>/board", halls.renew_board, name="renew_board"),
    path("queue/<uuid:hall>/figures", halls.show_figures, name="figures"),
    path("queue/<uuid:hall>/counters/<int:counter>/", counters.show_counter, name="counter"),
    path("queue/<uuid:hall>/counters/<int:counter>/call", counters.call, name="call"),
    path("queue/<uuid:hall>/counters/<int:counter>/<uuid:ticket>/<slug:deed>", counters.act, name="deed"),
    path("queue/tickets/<uuid:ticket>/slip", halls.show_slip, name="slip"),
    path("queue/<uuid:hall>/bookings", bookings.show_bookings, name="bookings"),
    path("queue/bookings/<uuid:appointment>/<slug:deed>", bookings.act_on_booking, name="act_on_booking"),
    path("queue/bookings/<uuid:appointment>/", bookings.show_booking, name="booking"),
    path("board/<slug:word>", board.show_board, name="board"),
]
