"""The ledger as a stream, while others are writing to it."""

import threading

import pytest
from django.db import connection, transaction

from consent import stream
from consent.models import ConsentEvent
from tests.factories.consent import ConsentEventFactory, PersonFactory, WordingVersionFactory


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_a_reader_stops_below_what_is_still_being_written():
    """Somebody takes a number and does not end; a later number is there already. Neither is skipped."""
    wording = WordingVersionFactory()
    organisation = wording.organisation
    person = PersonFactory(organisation=organisation)
    first = ConsentEventFactory(wording=wording, person=person)
    taken, go_on = threading.Event(), threading.Event()

    def slowly():
        with transaction.atomic():
            ConsentEventFactory(wording=wording, person=person)
            ConsentEventFactory(wording=wording, person=person)
            taken.set()
            go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=slowly)
    writer.start()
    assert taken.wait(10)
    last = ConsentEventFactory(wording=wording, person=person)
    events, number, more = stream.after(organisation, 0, limit=10)
    assert ([event.pk for event in events], number, more) == ([first.pk], first.pk, False)
    go_on.set()
    writer.join()
    events, number, more = stream.after(organisation, number, limit=10)
    assert [event.pk for event in events] == list(
        ConsentEvent.objects.filter(pk__gt=first.pk).order_by("pk").values_list("pk", flat=True)
    )
    assert (len(events), number) == (3, last.pk)


@pytest.mark.django_db
def test_a_reader_passes_what_belongs_to_others_without_reading_it_twice():
    mine, theirs = ConsentEventFactory(), ConsentEventFactory()
    assert stream.after(mine.organisation, 0, limit=1) == ([mine], theirs.pk, False)
    assert stream.after(mine.organisation, 10**9, limit=1) == ([], 10**9, False)
