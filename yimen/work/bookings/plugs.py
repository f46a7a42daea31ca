"""What the queue plugs into the apps below: its practice, navigation, and what goes over with an area or after its term."""

from django.urls import reverse

from yimen.foundations.definitions.ports import Kind, everyday, kinds
from yimen.foundations.retention.ports import Retention, retentions
from yimen.foundations.ui.ports import NavItem, navigation
from yimen.registers.places.api import FollowsItsArea
from yimen.registers.places.ports import restamp
from yimen.work.bookings.engine.practice import KIND, QueuePractice, run_queue_example
from yimen.work.bookings.permissions import SERVE
from yimen.work.bookings.queries import days_in, live_in, taken_before, tickets_in
from yimen.work.bookings.queries.appointments import booked_before, booked_in
from yimen.work.ledger.api import SourceKind
from yimen.work.ledger.ports import SourcePage, source_pages

source_pages.register(
    SourcePage(key=SourceKind.BOOKING, url=lambda found: reverse("bookings:booking", args=[found]))
)
kinds.register(
    Kind(
        name=KIND,
        grammar=QueuePractice,
        title="叫号规矩",
        run_example=run_queue_example,
        everyday=everyday(
            "head_start_minutes",
            "back_after",
            "misses_most",
            "minutes_each",
            "slot_minutes",
            "booked_percent",
            "grace_minutes",
            "farthest_days",
        ),
    )
)
navigation.register(
    NavItem(label="叫号", url_name="bookings:halls", icon="message", permission=SERVE, order=12)
)
retentions.register(Retention(key="bookings_tickets", rows=taken_before))
retentions.register(Retention(key="bookings_appointments", rows=booked_before))
restamp.register(FollowsItsArea(key="bookings.halls", rows=live_in))
restamp.register(FollowsItsArea(key="bookings.days", rows=days_in, day="day"))
restamp.register(FollowsItsArea(key="bookings.appointments", rows=booked_in, day="day"))
restamp.register(FollowsItsArea(key="bookings.tickets", rows=tickets_in, day="day"))
