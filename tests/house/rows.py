"""What stands for each argument of an address when every address is tried: a row of that organisation, or a word.

Looked up as "url_name argument" first and as "argument" then. A new page with a new kind of argument adds a line here.
"""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions import organisations
from accounts.models import Job
from breaches.models import Attachment, Breach, Communication, Notification
from consent.actions import evidence
from consent.models import Evidence, FormChoice
from register.actions import notices
from register.models import Export, ImportBatch, NoticeSentence
from tests.factories import accounts as make
from tests.factories import breaches as of_breaches
from tests.factories import consent as of_consent
from tests.factories import register as of_register
from tests.factories import trackers as of_trackers
from tests.register import filled


def _controller(organisation):
    controller = make.ControllerFactory(organisation=organisation)
    organisations.establish_controller(controller, valid_from=date(2026, 1, 1), reason="first", by=None, at=make.AT)
    return controller.pk


def _job(organisation):
    return Job.objects.create(organisation=organisation, kind="test", asked_at=make.AT).pk


def _round(organisation):
    return of_register.ApprovalRoundFactory(activity__organisation=organisation).pk


def _established(organisation):
    return filled.established(organisation).pk


def _document(organisation):
    kept = make.StoredFileFactory(organisation=organisation)
    return of_register.DocumentFactory(organisation=organisation, file=kept).pk


def _export(organisation):
    kept = make.StoredFileFactory(organisation=organisation)
    return Export.objects.create(organisation=organisation, on=date(2026, 1, 5), asked_at=make.AT, file=kept).pk


def _question(organisation):
    return of_register.AttestationLineFactory(activity__organisation=organisation).attestation_id


def _answer(organisation):
    line = of_register.AttestationLineFactory(activity__organisation=organisation, corrected=True)
    return line.pk


def _measure(organisation):
    return of_breaches.MeasureFactory(breach__organisation=organisation).pk


def _published(organisation):
    found = of_register.NoticeFactory(organisation=organisation)
    of_register.NoticeLineFactory(notice=found, activity=filled.established(organisation))
    notices.publish(found, by=None, at=make.AT)
    return found.pk


def _with_own_sentence(organisation):
    return of_register.NoticeSentenceFactory(notice__organisation=organisation).notice_id


def _own_sentence(organisation):
    return NoticeSentence.objects.filter(notice__organisation=organisation).latest("notice__slug").pk


def row(factory, **fields):
    return lambda organisation: factory(organisation=organisation, **fields).pk


def word(value):
    return lambda organisation: value


def _batch(organisation):
    kept = make.StoredFileFactory(organisation=organisation)
    fields = {"plan": {"schema": "", "sheets": [], "template": "own"}, "state": "staged", "file": kept}
    return ImportBatch.objects.create(organisation=organisation, name="register.csv", at=make.AT, **fields).pk


def _breach_with_file(organisation):
    return of_breaches.AttachmentFactory(breach__organisation=organisation).breach_id


def _file_of_breach(organisation):
    return Attachment.objects.filter(breach__organisation=organisation).latest("breach__number").pk


def _notified(organisation):
    """A breach with something sent to an authority and to people, for the addresses that name both."""
    found = of_breaches.BreachFactory(organisation=organisation)
    of_breaches.NotificationFactory(breach=found)
    of_breaches.CommunicationFactory(breach=found)
    return found.pk


def _client(organisation):
    """A controller that is concerned by the breach made for the argument before it."""
    breach = Breach.objects.filter(organisation=organisation).latest("number")
    return of_breaches.BreachPartyFactory(breach=breach, involvement="client").party_id


def latest(model):
    """The row that was made for an argument before it."""
    return lambda organisation: model.objects.filter(organisation=organisation).latest("breach__number").pk


def _wording(organisation):
    shown = make.StoredFileFactory(organisation=organisation)
    version = of_consent.WordingVersionFactory(wording__purpose__organisation=organisation, number=1, shown=shown)
    return version.wording_id


def _form(organisation):
    """A published form with one choice, for the addresses of forms, versions and choices."""
    form = of_consent.FormVersionFactory(form__organisation=organisation, number=1).form
    return of_consent.FormChoiceFactory(form=form).form_id


def _choice(organisation):
    return FormChoice.history.filter(form__organisation=organisation).latest("history_id").id


def _version_of_wording(organisation):
    return of_consent.WordingVersionFactory(wording__purpose__organisation=organisation).pk


def _proven(organisation):
    """A person with a scanned paper, for the address that names both."""
    event = of_consent.ConsentEventFactory(
        wording__wording__purpose__organisation=organisation, person__organisation=organisation
    )
    evidence.attach(event, SimpleUploadedFile("form.pdf", b"%PDF-1.7 x"), by=None, at=make.AT)
    return event.person_id


def _evidence(organisation):
    return Evidence.objects.filter(event__organisation=organisation).latest("event").pk


ARGUMENTS = {
    "work": row(of_consent.ListWorkFactory),
    "person": row(of_consent.PersonFactory),
    "consent:evidence person": _proven,
    "consent:evidence evidence": _evidence,
    "consent_form": _form,
    "choice": _choice,
    "channel": word("email"),
    "format": word("json"),
    "asked": row(of_consent.PersonRequestFactory),
    "batch": _batch,
    "purpose": row(of_consent.ConsentPurposeFactory),
    "site": row(of_trackers.SiteFactory),
    "tracker": row(of_trackers.TrackerFactory),
    "scan": row(of_trackers.TrackerScanFactory),
    "renewal": lambda organisation: (
        of_consent.RenewalRoundFactory(before__wording__purpose__organisation=organisation).pk
    ),
    "wording": _wording,
    "class_list": row(of_consent.ClassListFactory),
    "consent:class_letters language": word("nl"),
    "consent:class_reminded purpose": row(of_consent.ConsentPurposeFactory, kind="publication"),
    "publication": row(of_consent.PublicationFactory),
    "tell": row(of_consent.TellAFriendFactory),
    "wording_version": _version_of_wording,
    "appearance": row(of_consent.AppearanceFactory),
    "pupil": row(of_consent.PupilFactory),
    "breach": row(of_breaches.BreachFactory),
    "breaches:import batch": row(of_breaches.BreachImportFactory),
    "breaches:import_away batch": row(of_breaches.BreachImportFactory),
    "breaches:import_take batch": row(of_breaches.BreachImportFactory),
    "breaches:import_undo batch": row(of_breaches.BreachImportFactory),
    "breaches:notification breach": _notified,
    "breaches:notification_pdf breach": _notified,
    "breaches:communication breach": _notified,
    "breaches:controller_text party": _client,
    "breaches:destroy breach": row(of_breaches.BreachFactory, closed=True),
    "notification": latest(Notification),
    "communication": latest(Communication),
    "form": word("ap"),
    "text": word("letter-nl"),
    "department": row(make.DepartmentFactory),
    "controller": _controller,
    "membership": row(make.MembershipFactory, role="editor"),
    "api_key": row(make.ApiKeyFactory),
    "webhook": row(of_consent.WebhookFactory),
    "invitation": row(make.InvitationFactory),
    "job": _job,
    "number": word(1),
    "pk": row(of_register.ActivityFactory),
    "party": row(of_register.PartyFactory),
    "system": row(of_register.SystemFactory),
    "agreement": row(of_register.AgreementFactory),
    "document": row(of_register.DocumentFactory),
    "item": row(of_register.DataCategoryFactory),
    "kind": word("data-categories"),
    "facet": word("status"),
    "section": word("purposes"),
    "rule": word("R009"),
    "code": word("R009"),
    "fact": word("breach-deadline"),
    "starter": word("newsletter"),
    "step": word("staff"),
    "own": row(of_register.OwnStarterFactory),
    "notice": row(of_register.NoticeFactory),
    "point": row(of_register.CollectionPointFactory),
    "register:notice_version notice": _published,
    "register:notice_publish notice": _published,
    "register:notice_sentence notice": _with_own_sentence,
    "register:notice_sentence_remove notice": _with_own_sentence,
    "sentence": _own_sentence,
    "about": word("authority"),
    "place": word("measures"),
    "line": _measure,
    "breaches:hits kind": word("activities"),
    "breaches:hits_change kind": word("activities"),
    "breaches:section section": word("data"),
    "drill": row(of_breaches.DrillFactory),
    "breaches:file breach": _breach_with_file,
    "breaches:file attachment": _file_of_breach,
    "register:party_merge other": row(of_register.PartyFactory),
    "register:system_merge other": row(of_register.SystemFactory),
    "register:approval pk": _round,
    "register:approval_answer pk": _round,
    "register:approval_withdraw pk": _round,
    "register:advice_answer pk": row(of_register.AdviceFactory),
    "register:document_file document": _document,
    "register:export_file pk": _export,
    "register:version pk": _established,
    "register:compare pk": _established,
    "register:attestation_again pk": _question,
    "register:attestation_withdraw pk": _question,
    "register:attestation_settle pk": _answer,
    "register:saved_view_delete pk": row(of_register.SavedViewFactory),
}
# Pages of one's own things: whoever has the permission but is not the owner finds nothing.
PERSONAL = {
    "consent:list_work",
    "consent:list_result",
    "accounts:job",
    "accounts:job_file",
    "breaches:report_sent",
    "register:saved_view_delete",
    "register:approval_answer",
}
# What a page must be asked for.
QUERIES = {"register:bulk": "?act=department"}


def made(name, arguments, organisation):
    """The arguments of the address `name`, with rows of this organisation."""
    values = {"organisation": organisation.slug}
    for argument in arguments:
        if argument != "organisation":
            how = ARGUMENTS.get(f"{name} {argument}") or ARGUMENTS.get(argument)
            assert how, f"Say in tests/house/rows.py what '{argument}' of {name} is."
            values[argument] = how(organisation)
    return values
