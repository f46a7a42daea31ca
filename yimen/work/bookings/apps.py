from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "yimen.work.bookings"
    label = "bookings"
    verbose_name = "叫号与预约"
