"""Rules about lawfulness: Art. 5 to 11."""

from django.utils.translation import gettext_lazy as _

from .engine import Severity, rule, unknown


@rule(
    "L001",
    article="6(1), 5(1)(a)",
    severity=Severity.CRITICAL,
    message=_("The purpose “%(purpose)s” has no lawful basis."),
    remedy=_("Choose one of the six bases of Art. 6(1), or end this purpose."),
)
def basis_missing(entry, context):
    if entry.is_processor_record:
        return
    for purpose in entry.purposes:
        if not purpose.basis:
            text = purpose.text_nl or purpose.text_en
            yield unknown("purposes", line=purpose.id, severity=Severity.CRITICAL, purpose=text[:100])
