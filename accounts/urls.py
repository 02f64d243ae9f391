"""The addresses of people and organisations; those of an organisation start with `/o/<slug>/`."""

from django.urls import include, path

from .views import api_keys, controllers, events, files, front, health, invitations, members, organisation

app_name = "accounts"

of_an_organisation = [
    path("organisation/", organisation.show, name="organisation"),
    path("organisation/settings/", organisation.settings, name="organisation_settings"),
    path("organisation/departments/new/", organisation.department_new, name="department_new"),
    path("organisation/departments/<uuid:department>/", organisation.department, name="department"),
    path(
        "organisation/departments/<uuid:department>/retire/", organisation.department_retire, name="department_retire"
    ),
    path("organisation/controllers/new/", controllers.new, name="controller_new"),
    path("organisation/controllers/<uuid:controller>/", controllers.show, name="controller"),
    path("organisation/controllers/<uuid:controller>/edit/", controllers.edit, name="controller_edit"),
    path("organisation/controllers/<uuid:controller>/establish/", controllers.establish, name="controller_establish"),
    path("organisation/controllers/<uuid:controller>/retire/", controllers.retire, name="controller_retire"),
    path(
        "organisation/controllers/<uuid:controller>/versions/<int:number>/",
        controllers.version,
        name="controller_version",
    ),
    path("organisation/keys/", api_keys.overview, name="api_keys"),
    path("organisation/keys/new/", api_keys.new, name="api_key_new"),
    path("organisation/keys/<uuid:api_key>/revoke/", api_keys.revoke, name="api_key_revoke"),
    path("members/", members.overview, name="members"),
    path("members/invite/", invitations.invite, name="invite"),
    path("members/invitations/<uuid:invitation>/again/", invitations.send_again, name="invitation_again"),
    path("members/invitations/<uuid:invitation>/withdraw/", invitations.withdraw, name="invitation_withdraw"),
    path("members/<uuid:membership>/", members.show, name="member"),
    path("members/<uuid:membership>/end/", members.end, name="member_end"),
    path("roles/", members.roles, name="roles"),
    path("events/", events.overview, name="events"),
    path("jobs/<uuid:job>/", files.job, name="job"),
    path("jobs/<uuid:job>/file/", files.job_file, name="job_file"),
]

urlpatterns = [
    path("", front.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("organisations/", front.organisations, name="organisations"),
    path("preferences/", front.preferences, name="preferences"),
    path("profile/", front.profile, name="profile"),
    path("profile/sessions/<int:session>/end/", front.session_end, name="session_end"),
    path("profile/close/", front.close, name="profile_close"),
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
    path("o/<slug:organisation>/", include(of_an_organisation)),
]
