"""What is done with the data, and with which: purposes and bases, data, source, obligation, retention."""

from register.exports.wording import law_and_article, period
from register.law import Basis

from .sentences import BASES, GROUPS, PROVISIONS, SPECIAL, UNWEIGHED
from .text import Words
from .writer import categories, data_lines, half_said, in_both, together, typed, unique

ORDER = ("b", "c", "e", "f", "a", "d", "")
NOT_FROM_SUBJECT = ("controller", "public", "broker")


def purposes(writer):
    """Art. 13(1)(c)-(d) and 13(3): each purpose under its basis, with the law or the interest."""
    entries = writer.material.entries
    pairs = [(entry, line) for entry in entries for line in entry.purposes]
    for entry in entries:
        if not entry.purposes:
            writer.lack("purposes", writer.origin(entry, "purposes"))
    by_basis = together((line.basis, (entry, line)) for entry, line in pairs)
    for basis in ORDER:
        alike = together((_says(line), (entry, line)) for entry, line in by_basis.get(basis, ()))
        if any(purpose for purpose, _law, _interest in alike):
            _basis(writer, basis, [line for _entry, line in by_basis[basis]])
        for found in alike.values():
            _purpose(writer, found)
    _grounds(writer, pairs)


def _basis(writer, basis, lines):
    if basis == Basis.LEGITIMATE_INTEREST and not all(line.interest_assessment.strip() for line in lines):
        writer.say("basis_unweighed", basis, id="basis", text=UNWEIGHED)
    else:
        writer.say("basis", basis, text=BASES[basis])


def _says(line):
    """By what two purposes are the same for people: what is said of them."""
    return _text(line), _law(line) if line.basis in ("c", "e") else Words(), _interest(line)


def _text(line):
    return Words(line.text_nl.strip(), line.text_en.strip()) or Words(line.category, line.category)


def _law(line):
    return in_both(lambda: law_and_article(line.basis_law, line.basis_article))


def _interest(line):
    return (
        Words(line.interest_nl.strip(), line.interest_en.strip()) if line.basis == Basis.LEGITIMATE_INTEREST else None
    )


def _origins(writer, pairs, place="purposes"):
    return [writer.origin(entry, place, line) for entry, line in pairs]


def _purpose(writer, pairs):
    """One purpose, which may be that of several activities."""
    line, origins = pairs[0][1], _origins(writer, pairs)
    purpose, law, interest = _says(line)
    if not purpose:
        writer.lack("purpose", *origins)
        return
    said = {"id": str(line.id), "origins": origins, "purpose": purpose, "basis": line.basis}
    if interest:
        writer.item("purpose_interest", interest=interest, **said)
    elif law:
        writer.item("purpose_law", law=law, **said)
    else:
        writer.item("purpose", **said)
    if not line.basis:
        writer.lack("basis", *origins, purpose=purpose)
    elif line.basis in ("c", "e") and not law:
        writer.lack("law", *origins, purpose=purpose)
    elif line.basis == Basis.LEGITIMATE_INTEREST and not interest:
        writer.lack("interest", *origins, purpose=purpose)


def _grounds(writer, pairs):
    """What makes special data, criminal data, a national number and further use lawful."""
    for ground, found in together((line.special_ground, (entry, line)) for entry, line in pairs).items():
        data = unique(one for entry, _line in found for one in _kinds(entry, "special"))
        if ground in SPECIAL and data:
            writer.say("special", ground, text=SPECIAL[ground], origins=_origins(writer, found), data=data)
    for entry in writer.material.entries:
        special = _kinds(entry, "special")
        if special and not any(line.special_ground for line in entry.purposes):
            writer.lack("special", writer.origin(entry, "purposes"), data=special)
    criminal = [(entry, line) for entry, line in pairs if line.criminal_ground and _kinds(entry, "criminal")]
    if criminal:
        data = unique(one for entry, _line in criminal for one in _kinds(entry, "criminal"))
        writer.say("criminal", origins=_origins(writer, criminal), data=data)
    by_law = together((line.national_id_law, (entry, line)) for entry, line in pairs if line.national_id_law)
    for law, found in by_law.items():
        words = in_both(lambda law=law: law_and_article(law, ""))
        writer.say("national_id", law.id, origins=_origins(writer, found), law=words)
    for entry, line in pairs:
        if line.compatibility == "compatible" and _text(line):
            writer.say("further", line.id, origins=_origins(writer, [(entry, line)]), purpose=_text(line))


def _kinds(entry, sensitivity):
    return unique(line.category for line in entry.data if line.category.sensitivity == sensitivity)


def data(writer):
    """Art. 14(1)(d): kinds of data by group, of everybody or of some people only."""
    entries = writer.material.entries
    for entry in entries:
        if not entry.data:
            writer.lack("data", writer.origin(entry, "data"))
    of_whom = together((line.subject, (entry, line)) for entry, line in data_lines(entries))
    for people, found in of_whom.items():
        if people is None:
            writer.say("data_all")
        else:
            writer.say("data_of", people.id, people=[people])
        groups = together((_group(line.category), (entry, line)) for entry, line in found)
        for group in [group for group in GROUPS if group in groups]:
            about = f"{people.id if people else 'all'}:{group}"
            inside = _origins(writer, groups[group], "data")
            writer.item("data", about, origins=inside, group=GROUPS[group], data=categories(groups[group]))
    protected = [(entry, line) for entry, line in data_lines(entries) if line.category.sensitivity in PROTECTED]
    if protected:
        writer.say("data_special", origins=_origins(writer, protected, "data"), data=categories(protected))
    lines = [(item, entry, line) for entry, line in data_lines(entries) for item in (line.category, line.subject)]
    writer.lack_names([(item, writer.origin(entry, "data", line)) for item, entry, line in lines if item])


PROTECTED = ("special", "criminal", "national_id")


def _group(category):
    return category.group if category.group in GROUPS else ""


def source(writer):
    """Art. 14(2)(f): where data come from, and whether the source is public."""
    pairs = data_lines(writer.material.entries)
    by_source = together((_source(entry, line), (entry, line)) for entry, line in pairs)
    for (kind, who), found in sorted(by_source.items(), key=lambda one: one[0][0] != "subject"):  # “the others” follow
        origins, kinds = _origins(writer, found, "data"), categories(found)
        if not kind:
            for entry, lines in together(found).items():
                missing = categories((entry, line) for line in lines)
                writer.lack("source", *_origins(writer, [(entry, line) for line in lines], "data"), data=missing)
        elif who:
            writer.say(f"source_{kind}", _named(who), origins=origins, source=who, data=kinds)
        elif kind in NOT_FROM_SUBJECT:
            writer.say("source_open" if kind == "public" else "source_elsewhere", kind, origins=origins, data=kinds)
            writer.lack("source_who", *origins, data=kinds)
        elif kind == "subject":
            _given_by_themselves(writer, pairs, kinds, origins)
        else:
            writer.say(f"source_{kind}", origins=origins, data=kinds)


def _given_by_themselves(writer, pairs, kinds, origins):
    """What others gave is only promised when the text names it."""
    known = [line.source for _entry, line in pairs if line.source]
    if len(known) < len(pairs):
        writer.say("source_part", id="source", origins=origins, data=kinds)
    elif set(known) != {"subject"}:
        writer.say("source_rest", id="source", origins=origins)
    else:
        writer.say("source_subject", id="source", origins=origins)


def _source(entry, line):
    """What kind of source, and its name where that matters."""
    if line.source not in NOT_FROM_SUBJECT:
        return line.source, None
    if line.source_party:
        return line.source, Words(line.source_party.name, line.source_party.name)
    return line.source, typed(entry, line.source_note) if line.source_note.strip() else None


def _named(words):
    return (words.nl or words.en)[:80].casefold()


def provision(writer):
    """Art. 13(2)(e), of what people give themselves."""
    found = []
    for entry in writer.material.entries:
        lines = [line for line in entry.data if line.source in ("subject", "")]
        told = [(line.provision or entry.provision, (entry, line)) for line in lines]
        if lines and not all(kind for kind, _pair in told):
            writer.lack("provision", writer.origin(entry, "collection"))
        found += [pair for pair in told if pair[0]]
    for kind, text in PROVISIONS.items():
        pairs = together(found).get(kind, [])
        by_consequence = together((_consequence(entry), (entry, line)) for entry, line in pairs)
        for number, (words, inside) in enumerate(by_consequence.items(), 1):
            entry, origins = inside[0][0], _provided(writer, inside)
            about = f"{kind}:{entry.id}" if number > 1 or words else str(kind)
            writer.say("provision", about, text=text, origins=origins, data=categories(inside))
            if words:
                writer.say("consequence", about, origins=origins, consequence=words)
            elif kind != "voluntary":
                writer.lack("consequence", *dict.fromkeys(writer.origin(one, "collection") for one, _line in inside))


def _provided(writer, pairs):
    return _origins(writer, pairs, "data") + [writer.origin(entry, "collection") for entry, _line in pairs]


def _consequence(entry):
    text = entry.provision_consequence.strip()
    return typed(entry, text) if text else None


def retention(writer):
    """Art. 13(2)(a): a period or a criterion for each kind of data."""
    pairs = data_lines(writer.material.entries)
    kept = together((_period(entry, line), (entry, line)) for entry, line in pairs)
    missing = kept.pop(None, [])
    if kept:
        writer.say("retention")
    for (about, words), found in kept.items():
        origins = _origins(writer, found, "data")
        writer.item("kept", about, origins=origins, data=categories(found), period=words)
        rule = found[0][1].retention
        writer.lack_words(half_said(lambda rule=rule: period(rule)) if rule else (), words, origins)
    for entry, lines in together(missing).items():
        pairs = [(entry, line) for line in lines]
        writer.lack("retention", *_origins(writer, pairs, "data"), data=categories(pairs))


def _period(entry, line):
    """What tells how long, with its words; None when nothing does."""
    note = line.retention_note.strip()
    if line.retention is None:
        return (note[:80].casefold(), typed(entry, note)) if note else None
    words = in_both(lambda: period(line.retention))
    if not words and not note:
        return None
    if not note:
        return line.retention.id, words
    added = typed(entry, note)
    both = Words(*(f"{words.of(language)} ({added.of(language)})" for language in ("nl", "en")))
    return f"{line.retention.id}:{note[:80].casefold()}", both
