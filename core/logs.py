"""Log lines for machines, without personal data: one JSON object per line.

The path of a request is replaced by its route (`o/<slug:organisation>/`), since real paths carry names and one-time
keys; of an exception the type and the places are kept, but not its message, since databases quote values in theirs.
"""

import contextvars
import json
import logging
import traceback
from datetime import UTC, datetime

request_id = contextvars.ContextVar("request_id", default=None)


class JsonFormatter(logging.Formatter):
    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        if number := request_id.get():
            line["request"] = number
        request = getattr(record, "request", None)
        if hasattr(request, "method"):
            line |= {"method": request.method, "route": route(request)}
        else:
            line["message"] = record.getMessage()
        for name in ("status_code", "ms"):
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if record.exc_info and record.exc_info[0]:
            line |= fault(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def route(request):
    match = getattr(request, "resolver_match", None)
    return match.route if match else None


def fault(exc_info):
    kind, _, trace = exc_info
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return {"exception": f"{kind.__module__}.{kind.__qualname__}", "places": places}
