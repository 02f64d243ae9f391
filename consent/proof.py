"""The proof of one person's consents (Art. 7(1)): what was shown, when, in which version, and what the person said.

The one rule: the same ledger gives the same document, and its fingerprint is the SHA-256 of the document in canonical
form, so that anybody can check a copy with `sha256sum`.
"""

import json

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core import canonical, pdf
from register.exports.wording import moment

from . import covering, noticing, person, vault
from .kinds import AgeBand, Channel, GivenBy, Happening, Method, Purpose
from .models import FormVersion, WordingVersion

SCHEMA = "dertig-consent-proof/1"
FORMATS = {"pdf": "application/pdf", "json": "application/json"}


def document(found, purposes, *, language, at):
    """Plain values, for canonical JSON. `found`: a person read with `key_row`. Five queries, six when a
    form of ours was filled in."""
    known = person.read(found, purposes, language=language, at=at)
    addresses = [text for _kind, text in known.addresses if text]
    if found.erased_at is not None and found.proof:
        addresses = vault.facts_of(found, found.proof) or []
    shown = {row.event.wording_id for row in known.events} - {None}
    versions = WordingVersion.objects.filter(pk__in=shown).order_by("wording_id", "number")
    return {
        "schema": SCHEMA,
        "organisation": found.organisation.name,
        "person": {"id": str(found.pk), "addresses": addresses, "erased_at": found.erased_at},
        "states": [
            {
                "purpose": state.purpose.code,
                "name": state.name,
                "channel": state.channel.value,
                "state": _code(state.standing.kind),
                "since": state.standing.happened_at,
                "is_provable": state.standing.is_provable,
            }
            for state in known.states
        ],
        "events": [_event(row) for row in reversed(known.events)],
        "wordings": [
            {
                "id": str(version.pk),
                "number": version.number,
                "valid_from": version.valid_from,
                "valid_until": version.valid_until,
                "content": version.content,
                "digest": version.digest,
            }
            for version in versions
        ],
        "forms": _forms({row.event.form_id for row in known.events} - {None}),
    }


def _forms(shown):
    versions = FormVersion.objects.filter(pk__in=shown).order_by("form_id", "number") if shown else ()
    return [{"id": str(one.pk), "number": one.number, "content": one.content, "digest": one.digest} for one in versions]


def _event(row):
    event = row.event
    return {
        "id": event.pk,
        "purpose": event.purpose.code,
        "channel": event.channel,
        "kind": _code(event.kind),
        "happened_at": event.happened_at,
        "recorded_at": event.recorded_at,
        "method": event.method,
        "given_by": event.given_by,
        "age": event.age,
        "language": event.language,
        "is_provable": event.is_provable,
        "wording": str(event.wording_id) if event.wording_id else None,
        "form": str(event.form_id) if event.form_id else None,
        "facts": {key: str(value) for key, value in row.facts.items()},
        "evidence": [{"name": name, "sha256": one.sha256, "size": one.size} for one, name in row.evidence],
    }


def _code(kind):
    return Happening(kind).code if kind is not None else None


def fingerprint(document):
    return canonical.digest(document)


def make(document, format, language, *, at):
    return _json(document, at) if format == "json" else _pdf(document, language, at)


def _json(document, at):
    """The canonical document on a line of its own would be unreadable; whoever checks it makes it canonical again."""
    plain = json.loads(canonical.encode(document))
    value = {"document": plain, "fingerprint": fingerprint(document), "made_at": at.isoformat()}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _pdf(document, language, at):
    with translation.override(language):
        title = _("Proof of consent")
        page = html(document, title, language, at)
        return pdf.render(page, title=title, language=language, created_at=at)


def html(document, title, language, at):
    """The document before it is laid out; no query."""
    versions = {one["id"]: one for one in document["wordings"]}
    forms = {one["id"]: one for one in document["forms"]}
    names = {state["purpose"]: state["name"] for state in document["states"]}
    context = {
        "language": language,
        "title": title,
        "document": document,
        "fingerprint": fingerprint(document),
        "made_at": moment(at),
        "erased_at": moment(document["person"]["erased_at"]),
        "states": [_state_row(state) for state in document["states"]],
        "events": [_event_row(event, names, versions, forms) for event in document["events"]],
        "wordings": [
            _wording(version, _shown_in(version, document, language), language) for version in versions.values()
        ],
        "running": pdf.running(_("Made on %(day)s") % {"day": moment(at)}),
    }
    return render_to_string("consent/pdf/proof.html", context)


def _happening(code):
    return Happening[code.upper()].label if code else "–"


def _state_row(state):
    return state["name"], Channel(state["channel"]).label, _happening(state["state"]), moment(state["since"])


def _event_row(event, names, versions, forms):
    facts = [
        (_("When"), moment(event["happened_at"])),
        (_("Recorded"), moment(event["recorded_at"])),
        (_("How"), Method(event["method"]).label),
        (_("By whom"), GivenBy(event["given_by"]).label),
    ]
    if event["age"]:
        facts.append((_("Age"), AgeBand(event["age"]).label))
    version = versions.get(event["wording"])
    if version:
        name = version["content"].get("wording", {}).get("name", "")
        facts.append((_("Shown"), _("%(name)s, version %(number)d") % {"name": name, "number": version["number"]}))
    form = forms.get(event["form"])
    if form:
        name = _form_title(form, event["language"])
        shown = _("%(name)s, version %(number)d") % {"name": name, "number": form["number"]}
        facts += [(_("Shown on the form"), shown), (_("Fingerprint of the form (SHA-256)"), form["digest"])]
    if not event["is_provable"]:
        facts.append((_("Proof"), _("This consent cannot be proved.")))
    facts += person.labelled(event["facts"])
    facts += [(_("File"), f"{one['name'] or '–'} · SHA-256 {one['sha256']}") for one in event["evidence"]]
    title = f"{_happening(event['kind'])}: {names.get(event['purpose'], event['purpose'])}"
    return f"{title} ({Channel(event['channel']).label})", facts


def _form_title(form, language):
    texts = form["content"].get("texts", {})
    return (texts.get(language) or next(iter(texts.values()), {})).get("title", "")


def _shown_in(version, document, language):
    """The texts that the person was shown of a version; where no event says in which language, those of the document,
    or any."""
    texts = version["content"].get("texts", {})
    used = dict.fromkeys(event["language"] for event in document["events"] if event["wording"] == version["id"])
    shown = [texts[one] for one in used if one in texts]
    return shown or [texts[one] for one in [language, *texts] if one in texts][:1]


def _wording(version, texts, language):
    """What the person was shown of a version, and what stood behind it."""
    content = version["content"]
    facts = [
        (_("In use from"), moment(version["valid_from"])),
        (_("Until"), moment(version["valid_until"]) or _("now")),
    ]
    for said in texts:
        facts += [
            (_("What people read"), said.get("text", "")),
            (_("How to withdraw it"), said.get("withdrawal", "")),
            (_("What is said aloud"), said.get("script", "")),
        ]
    if "purpose" in content:
        facts.append((_("Kind"), Purpose(content["purpose"]["kind"]).label))
    if "line" in content:
        facts.append((_("Purpose in the register"), covering.name(content["line"], language)))
    facts += [(label, ", ".join(names)) for label, names in covering.named(content, language)]
    facts += _beside(content, language)
    facts.append((_("Fingerprint (SHA-256)"), version["digest"]))
    name = content.get("wording", {}).get("name", "")
    title = _("%(name)s, version %(number)d") % {"name": name, "number": version["number"]}
    return title, [(label, value) for label, value in facts if value]


def _beside(content, language):
    """The notice within reach, and the file that shows the form; nothing for versions from before these were kept."""
    notice, shown = content.get("notice"), content.get("shown")
    if notice:
        told = {"title": noticing.title(notice, language), "number": notice["number"]}
        yield _("Privacy notice"), _("%(title)s, version %(number)d") % told + f"\nSHA-256 {notice['digest']}"
    if shown:
        yield _("The form or script as people saw it"), f"{shown['name']}\nSHA-256 {shown['sha256']}"
