"""Adding, taking away and moving lines of a form that was sent: without JavaScript, and without saving anything."""

import uuid

from . import layout


def count(data, prefix):
    try:
        return max(0, min(int(data.get(f"{prefix}-total", 0)), 2000))
    except ValueError:
        return 0


def is_whole(data, prefix):
    """Whether every line that was counted has come back."""
    total = data.get(f"{prefix}-total", "")
    return total == str(count(data, prefix)) and all(f"{prefix}-{place}-id" in data for place in range(int(total)))


def edited(data, prefix, act, index=0):
    """What was sent, with a line added, taken away or moved, or with the ticked ones as new lines. Saves nothing."""
    lines = [_line(data, prefix, place) for place in range(count(data, prefix))]
    if act == "add":
        lines.append({"id": [str(uuid.uuid4())], "open": ["1"]})
    elif act == "open" and index < len(lines):
        lines[index]["open"] = ["1"]
    elif act == "remove" and index < len(lines):
        del lines[index]
    elif act in ("up", "down") and index < len(lines):
        other = index + (-1 if act == "up" else 1)
        if 0 <= other < len(lines):
            lines[index], lines[other] = lines[other], lines[index]
    ticked = data.getlist(f"{prefix}-many")
    if ticked:
        lines = [
            line for line in lines if any("".join(values).strip() for name, values in line.items() if name != "id")
        ]
        lines += [{"id": [str(uuid.uuid4())], layout.MANY[prefix]: [value]} for value in ticked]
    return _rebuilt(data, prefix, lines)


def _line(data, prefix, place):
    start = f"{prefix}-{place}-"
    return {key.removeprefix(start): data.getlist(key) for key in data if key.startswith(start)}


def _rebuilt(data, prefix, lines):
    new = data.copy()
    for key in list(new):
        if key.startswith(f"{prefix}-"):
            del new[key]
    new[f"{prefix}-total"] = str(len(lines))
    for place, line in enumerate(lines):
        for name, values in line.items():
            new.setlist(f"{prefix}-{place}-{name}", values)
    return new
