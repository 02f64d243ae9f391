from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.workers import is_anybody_working


@login_not_required
@require_safe
def healthz(request):
    """For monitoring: 503 when the database does not answer, or, with `?worker=required`, when no worker shows life."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = is_anybody_working(timezone.now())
    except DatabaseError:
        return JsonResponse({"database": "silent", "worker": "unknown"}, status=503)
    well = worker or request.GET.get("worker") != "required"
    answer = {"database": "answers", "worker": "works" if worker else "silent"}
    return JsonResponse(answer, status=200 if well else 503)
