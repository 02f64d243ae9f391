"""Addresses of the register, all under /o/<organisation>/."""

from django.urls import path

from .views import (
    activities,
    activity,
    advice,
    approvals,
    attestations,
    bulk,
    collection_points,
    dashboard,
    establish,
    exports,
    findings,
    findings_rules,
    history,
    import_steps,
    imports,
    legal,
    library,
    merging,
    notice_parts,
    notices,
    parties,
    saved_views,
    sections,
    start_path,
    starters,
)

app_name = "register"


def _lifecycle(views, page, prefix, key, kind=None):
    """The addresses of the acts on one row, the same for every kind of shared row."""
    given = {"kind": kind} if kind else {}
    acts = {"edit": views.edit, "retire": views.retire, "return": views.bring_back, "delete": views.delete}
    return [path(f"{prefix}new/", views.new, given, name=f"{page}_new")] + [
        path(f"{prefix}<uuid:{key}>/{act}/", view, given, name=f"{page}_{act}") for act, view in acts.items()
    ]


def _shared(slug, page, view):
    return [
        path(f"{slug}/", parties.rows, {"kind": slug}, name=slug),
        *_lifecycle(parties, page, f"{slug}/", page, slug),
        path(f"{slug}/<uuid:{page}>/", view, name=page),
    ]


def _mergeable(slug, page):
    return [
        path(f"{slug}/look-alikes/", merging.look_alikes, {"kind": slug}, name=f"{page}_look_alikes"),
        path(f"{slug}/<uuid:{page}>/merge/", merging.merge_with, {"kind": slug}, name=f"{page}_merge_with"),
        path(f"{slug}/<uuid:{page}>/merge/<uuid:other>/", merging.merge, {"kind": slug}, name=f"{page}_merge"),
    ]


urlpatterns = [
    path("", dashboard.show, name="dashboard"),
    path("register/", activities.index, name="activities"),
    path("register/filter/<slug:facet>/", activities.facet, name="activity_facet"),
    path("register/bulk/", bulk.bulk, name="bulk"),
    path("register/views/", saved_views.index, name="saved_views"),
    path("register/views/<uuid:pk>/delete/", saved_views.delete, name="saved_view_delete"),
    *_mergeable("parties", "party"),
    *_shared("parties", "party", parties.party),
    *_shared("agreements", "agreement", parties.agreement),
    *_mergeable("systems", "system"),
    *_shared("systems", "system", parties.system),
    *_shared("documents", "document", parties.document),
    path("documents/<uuid:document>/file/", parties.document_file, name="document_file"),
    path("library/", library.library, name="library"),
    path("library/load/", library.library_load, name="library_load"),
    path("library/parameters/", legal.facts, name="legal_parameters"),
    path("library/parameters/<slug:fact>/", legal.fact, name="legal_fact"),
    path("library/parameters/<slug:fact>/add/", legal.new, name="legal_value_new"),
    path("library/parameters/<slug:fact>/checked/", legal.confirm, name="legal_confirm"),
    path("library/parameters/<slug:fact>/not-checked/", legal.doubt, name="legal_doubt"),
    path("library/parameters/<slug:fact>/remove/", legal.remove, name="legal_remove"),
    path("library/labels/", library.rows, {"kind": "labels"}, name="labels"),
    path("library/<slug:kind>/", library.rows, name="library_items"),
    *_lifecycle(library, "item", "library/<slug:kind>/", "item"),
    path("library/<slug:kind>/<uuid:item>/", library.item, name="item"),
    path("register/findings/", findings.findings, name="findings"),
    path("register/findings/accept/", findings.accept, name="findings_accept"),
    path("register/findings/withdraw/", findings.withdraw, name="findings_withdraw"),
    path("register/findings/rules/", findings_rules.rules, name="findings_rules"),
    path("register/findings/rules/on/", findings_rules.switch_on, name="findings_switch_on"),
    path("register/findings/rules/<slug:code>/off/", findings_rules.switch_off, name="findings_switch_off"),
    path("register/findings/<slug:rule>/", findings.rule, name="finding_rule"),
    path("register/new/", activity.new, name="activity_new"),
    path("register/new/own/<uuid:own>/", starters.own, name="start_own"),
    path("register/new/own/<uuid:own>/retire/", starters.retire, name="own_starter_retire"),
    path("register/new/<slug:starter>/", starters.starter, name="starter"),
    path("register/start/", start_path.overview, name="start_path"),
    path("register/start/make/", start_path.make, name="start_path_make"),
    path("register/start/<slug:step>/", start_path.step, name="start_step"),
    path("register/<uuid:pk>/template/", starters.make, name="own_starter_make"),
    path("register/<uuid:pk>/", activity.activity, name="activity"),
    path("register/<uuid:pk>/edit/<slug:section>/", sections.edit, name="section"),
    path("register/<uuid:pk>/establish/", establish.establish, name="establish"),
    path("register/<uuid:pk>/ask-approval/", establish.ask, name="ask_approval"),
    path("register/<uuid:pk>/end/", activity.end, name="end"),
    path("register/<uuid:pk>/duplicate/", activity.duplicate, name="duplicate"),
    path("register/<uuid:pk>/reviewed/", activity.reviewed, name="reviewed"),
    path("register/<uuid:pk>/upkeep/", activity.upkeep, name="upkeep"),
    path("register/import/", imports.imports, name="imports"),
    path("register/import/<uuid:batch>/", imports.show, name="import_batch"),
    path("register/import/<uuid:batch>/sheets/", import_steps.sheets, name="import_sheets"),
    path("register/import/<uuid:batch>/columns/", import_steps.columns, name="import_columns"),
    path("register/import/<uuid:batch>/activities/", import_steps.rows, name="import_rows"),
    path("register/import/<uuid:batch>/look-alikes/", import_steps.look_alikes, name="import_look_alikes"),
    path("register/import/<uuid:batch>/take/", imports.take, name="import_take"),
    path("register/import/<uuid:batch>/back/", imports.back, name="import_back"),
    path("register/import/<uuid:batch>/undo/", imports.undo, name="import_undo"),
    path("register/import/<uuid:batch>/again/", imports.again, name="import_again"),
    path("register/import/<uuid:batch>/forget/", imports.forget, name="import_forget"),
    path("register/import/<uuid:batch>/file/", imports.original, name="import_file"),
    path("register/exports/", exports.exports, name="exports"),
    path("register/exports/<uuid:pk>/file/", exports.download, name="export_file"),
    path("register/<uuid:pk>/history/", history.story, name="timeline"),
    path("register/<uuid:pk>/compare/", history.compare, name="compare"),
    path("register/<uuid:pk>/versions/<int:number>/", history.version, name="version"),
    path("history/", history.log, name="history"),
    path("history/changes/", history.changes, name="changes"),
    path("history/<int:number>/", history.change, name="change"),
    path("attestations/", attestations.overview, name="attestations"),
    path("attestations/ask/", attestations.ask, name="attestations_ask"),
    path("attestations/<uuid:pk>/again/", attestations.send_again, name="attestation_again"),
    path("attestations/<uuid:pk>/withdraw/", attestations.withdraw, name="attestation_withdraw"),
    path("attestations/answers/<uuid:pk>/", attestations.settle, name="attestation_settle"),
    path("notices/", notices.index, name="notices"),
    path("notices/new/", notices.new, name="notice_new"),
    path("notices/<uuid:notice>/", notices.show, name="notice"),
    path("notices/<uuid:notice>/edit/", notice_parts.edit, name="notice_edit"),
    path("notices/<uuid:notice>/activities/", notice_parts.activities, name="notice_activities"),
    path("notices/<uuid:notice>/parts/", notice_parts.parts, name="notice_parts"),
    path("notices/<uuid:notice>/sentences/new/", notice_parts.sentence_new, name="notice_sentence_new"),
    path("notices/<uuid:notice>/sentences/<uuid:sentence>/", notice_parts.sentence, name="notice_sentence"),
    path(
        "notices/<uuid:notice>/sentences/<uuid:sentence>/remove/",
        notice_parts.sentence_remove,
        name="notice_sentence_remove",
    ),
    path("notices/<uuid:notice>/publish/", notices.publish, name="notice_publish"),
    path("notices/<uuid:notice>/end/", notices.end, name="notice_end"),
    path("notices/<uuid:notice>/versions/<int:number>/", notices.version, name="notice_version"),
    path("notices/points/", collection_points.index, name="collection_points"),
    path("notices/points/new/", collection_points.new, name="collection_point_new"),
    path("notices/points/<uuid:point>/", collection_points.show, name="collection_point"),
    path("notices/points/<uuid:point>/check/", collection_points.check, name="collection_point_check"),
    path("notices/points/<uuid:point>/edit/", collection_points.edit, name="collection_point_edit"),
    path("notices/points/<uuid:point>/retire/", collection_points.retire, name="collection_point_retire"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<uuid:pk>/", approvals.show, name="approval"),
    path("approvals/<uuid:pk>/answer/", approvals.answer, name="approval_answer"),
    path("approvals/<uuid:pk>/withdraw/", approvals.withdraw, name="approval_withdraw"),
    path("advice/", advice.advice, name="advice"),
    path("advice/new/", advice.new, name="advice_new"),
    path("advice/<uuid:pk>/answer/", advice.answer, name="advice_answer"),
]
