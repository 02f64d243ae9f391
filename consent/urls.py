from django.urls import path

from .views import people, purposes, recording, wordings

app_name = "consent"

urlpatterns = [
    path("", purposes.index, name="purposes"),
    path("new/", purposes.make, name="purpose_new"),
    path("people/", people.find, name="find"),
    path("people/<uuid:person>/", people.show, name="person"),
    path("people/<uuid:person>/erase/", recording.erase, name="erase"),
    path("people/<uuid:person>/evidence/<uuid:evidence>/", people.evidence_file, name="evidence"),
    path("people/<uuid:person>/object/", recording.object_to_marketing, name="object"),
    path("people/<uuid:person>/proof/<slug:format>/", people.proof_file, name="proof"),
    path("people/<uuid:person>/record/", people.wordings, name="person_wordings"),
    path(
        "people/<uuid:person>/withdraw/<uuid:purpose>/<slug:channel>/",
        recording.withdraw,
        name="withdraw",
    ),
    path("purposes/<uuid:purpose>/", purposes.show, name="purpose"),
    path("purposes/<uuid:purpose>/edit/", purposes.edit, name="purpose_edit"),
    path("purposes/<uuid:purpose>/retire/", purposes.retire, name="purpose_retire"),
    path("purposes/<uuid:purpose>/wording/", wordings.new, name="wording_new"),
    path("wordings/<uuid:wording>/", wordings.show, name="wording"),
    path("wordings/<uuid:wording>/checklist/", wordings.checklist, name="wording_checklist"),
    path("wordings/<uuid:wording>/end/", wordings.end, name="wording_end"),
    path("wordings/<uuid:wording>/publish/", wordings.publish, name="wording_publish"),
    path("wordings/<uuid:wording>/record/", recording.record, name="record"),
    path("wordings/<uuid:wording>/texts/", wordings.texts, name="wording_texts"),
    path("wordings/<uuid:wording>/versions/<int:number>/", wordings.version, name="wording_version"),
]
