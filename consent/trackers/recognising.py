"""What a list of others knows about a tracker by its name (`KnownTracker`): a suggestion, never a decision."""

from dataclasses import replace

from consent.models import KnownTracker

from .kinds import Kind

SHORTEST_PREFIX = 4  # a shorter beginning says something only together with its domain


class Recognition:
    """The list that an organisation uses: its own, else that of the installation. Two queries."""

    def __init__(self, organisation):
        rows = list(KnownTracker.objects.filter(organisation=organisation))
        rows = rows or list(KnownTracker.objects.filter(organisation=None))
        self.exact, self.prefixes, self.hosts = {}, [], {}
        for row in rows:
            if row.domain and row.provider:
                self.hosts.setdefault(row.domain, set()).add(row.provider)
            if row.is_prefix:
                self.prefixes.append(row)
            else:
                self.exact.setdefault(row.name, []).append(row)
        self.prefixes.sort(key=lambda row: len(row.name), reverse=True)

    def __bool__(self):
        return bool(self.exact or self.prefixes)

    def of(self, name, domain):
        """The line that fits best, or None: the exact name before a beginning, with its domain before without."""
        same = [row for row in self.exact.get(name, ()) if _fits(row, domain)]
        if same:
            return max(same, key=lambda row: bool(row.domain))
        return next((row for row in self.prefixes if _begins(row, name, domain)), None)

    def provider_of(self, host):
        """Whose a host is, when all lines about cookies of its domain name one provider; else nothing."""
        labels = host.split(".")
        for start in range(len(labels) - 1):
            named = self.hosts.get(".".join(labels[start:]))
            if named:
                return next(iter(named)) if len(named) == 1 else ""
        return ""

    def enrich(self, found):
        """The same with what the list knows, where the file said nothing. A name that begins as known stands for all
        that begin so.
        """
        known = self.of(found.name.removesuffix("*"), found.domain)
        if known is None and found.kind != Kind.COOKIE and found.name == found.domain:
            return replace(found, provider=found.provider or self.provider_of(found.domain))
        if known is None:
            return found
        wild = known.is_prefix and found.name != known.name
        return replace(
            found,
            name=f"{known.name}*" if wild else found.name,
            provider=found.provider or known.provider,
            category=found.category or known.category,
            purpose_en=found.purpose_en or known.description,
            lifetime=found.lifetime or known.lifetime,
        )


def _fits(row, domain):
    return not row.domain or not domain or domain == row.domain or domain.endswith(f".{row.domain}")


def _begins(row, name, domain):
    if not name.startswith(row.name) or not _fits(row, domain):
        return False
    return len(row.name) >= SHORTEST_PREFIX or bool(row.domain and domain)
