from types import SimpleNamespace

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps

from core import fields
from core.fields import EncryptedTextField, Unreadable

OLD, NEW = "the key of last year", "the key of this year"


@pytest.fixture
def note(db):
    """A model with an encrypted column, and its table, for one test."""
    with isolate_apps("core"):

        class Note(models.Model):
            text = EncryptedTextField(null=True)

            class Meta:
                app_label = "core"

        with connection.cursor() as cursor:
            key = "serial" if connection.vendor == "postgresql" else "integer"
            cursor.execute(f"CREATE TABLE core_note (id {key} PRIMARY KEY, text text)")
        yield Note


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM core_note")
        return cursor.fetchone()[0]


def test_the_database_holds_no_readable_text(note):
    row = note.objects.create(text="Zoë is ziek")
    assert "ziek" not in stored()
    assert "Zoë" not in stored()
    assert note.objects.get(pk=row.pk).text == "Zoë is ziek"


def test_the_same_text_is_never_stored_alike():
    assert fields.seal("x") != fields.seal("x")


def test_nothing_stays_nothing_and_can_be_asked_for(note):
    note.objects.create(text=None)
    assert stored() is None
    assert note.objects.get(text__isnull=True).text is None


def test_every_way_of_writing_encrypts(note):
    first, second = note.objects.bulk_create([note(text="one"), note(text="one")])
    note.objects.filter(pk=first.pk).update(text="two")
    second.text = "three"
    note.objects.bulk_update([second], ["text"])
    assert list(note.objects.order_by("pk").values_list("text", flat=True)) == ["two", "three"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM core_note")
        assert all(text.startswith("gAAAA") for (text,) in cursor.fetchall())


@pytest.mark.parametrize("lookup", ["text", "text__contains", "text__in", "text__length", "text__gt"])
def test_it_cannot_be_searched(note, lookup):
    with pytest.raises(FieldError, match="text is encrypted"):
        note.objects.filter(**{lookup: "x"}).exists()


def test_a_new_key_in_front_still_reads_the_old(note, settings):
    settings.FIELD_KEYS = [OLD]
    note.objects.create(text="written last year")
    settings.FIELD_KEYS = [NEW, OLD]
    row = note.objects.get()
    assert row.text == "written last year"
    row.save()
    settings.FIELD_KEYS = [NEW]
    assert note.objects.get().text == "written last year"


def test_a_wrong_key_is_an_error_that_names_the_field(note, settings):
    settings.FIELD_KEYS = [OLD]
    note.objects.create(text="written last year")
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(Unreadable, match=r"Note\.text: None of FIELD_KEYS"):
        note.objects.get()


def test_what_was_never_encrypted_is_not_shown(note):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_note (id, text) VALUES (1, 'plain')")
    with pytest.raises(Unreadable):
        note.objects.get()


@pytest.mark.parametrize("keys", [[], [""], [NEW, ""]])
def test_an_empty_key_is_refused(settings, keys):
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        fields.seal("x")


def test_an_index_on_it_is_a_mistake():
    field = EncryptedTextField(unique=True)
    field.name, field.model = "text", SimpleNamespace
    assert [error.id for error in field._check_not_searched()] == ["core.E001"]
