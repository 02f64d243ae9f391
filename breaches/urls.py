from django.urls import path

from .views import breach, closing, controllers, deciding, drills, files, hits, lines, list, outside, report, sections

app_name = "breaches"

urlpatterns = [
    path("breach-report/<str:token>/", outside.report, name="report_outside"),
    path("breach-report/<str:token>/sent/<uuid:breach>/", outside.report_sent, name="report_outside_sent"),
    path("o/<slug:organisation>/breaches/drills/", drills.index, name="drills"),
    path("o/<slug:organisation>/breaches/drills/<uuid:drill>/", drills.show, name="drill"),
    path("o/<slug:organisation>/breaches/drills/<uuid:drill>/end/", drills.end, name="drill_end"),
    path("o/<slug:organisation>/breaches/report-link/", outside.link, name="report_link"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/controllers/", controllers.controllers, name="controllers"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/files/", files.files, name="files"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/files/<uuid:attachment>/", files.file, name="file"),
    path("o/<slug:organisation>/breaches/report/", report.report, name="report"),
    path("o/<slug:organisation>/breaches/report/drill/", report.drill, name="report_drill"),
    path("o/<slug:organisation>/breaches/reports/", report.reports, name="reports"),
    path("o/<slug:organisation>/breaches/reports/<uuid:breach>/", report.report_sent, name="report_sent"),
    path("o/<slug:organisation>/breaches/", list.index, name="breaches"),
    path("o/<slug:organisation>/breaches/lines/<slug:place>/<uuid:line>/", lines.edit, name="line"),
    path("o/<slug:organisation>/breaches/lines/<slug:place>/<uuid:line>/gone/", lines.take_away, name="line_gone"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/", breach.show, name="breach"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/advise/", deciding.advise, name="advise"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/close/", closing.close, name="close"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/decide/<slug:about>/", deciding.decide, name="decide"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/examine/", sections.examine, name="examine"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/facts/<slug:section>/", sections.edit, name="section"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/hits/<slug:kind>/", hits.show, name="hits"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/hits/<slug:kind>/change/", hits.change, name="hits_change"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/log/", lines.log, name="log_new"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/new/<slug:place>/", lines.new, name="line_new"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/not-a-breach/", closing.no_breach, name="no_breach"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/reopen/", closing.reopen, name="reopen"),
    path("o/<slug:organisation>/breaches/<uuid:breach>/withdraw/", closing.withdraw, name="withdraw"),
]
