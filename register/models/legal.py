from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .base import OwnedRow


class LegalValue(OwnedRow):
    """What a fact of law says from a day on, as the organisation put it itself; `fact` is its code in `register.legal`.

    It goes before what came with Dertig from that day, until a later value.
    """

    fact = models.CharField(max_length=60)
    value = models.CharField(_("value"), max_length=120, validators=[RegexValidator(r"\S")])
    valid_from = models.DateField(_("holds from"))
    source = models.CharField(
        _("source"), max_length=250, help_text=_("The law and article, or the publication in which it stands.")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("fact", "-valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "fact", "valid_from"],
                name="register_legalvalue_one_value_from_a_day",
                violation_error_message=_("There is a value from that day already. Take it away first."),
            ),
        )

    def __str__(self):
        return f"{self.fact} {self.value}"


class LegalConfirmation(OwnedRow):
    """Somebody checked a dated value against its source: `value_key` is that of one that came with Dertig, or the id
    of a `LegalValue`.
    """

    value_key = models.CharField(max_length=80)
    fact = models.CharField(max_length=60)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("checked by"))
    confirmed_on = models.DateField(_("checked on"))

    class Meta:
        ordering = ("-confirmed_on",)
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "value_key"], name="register_legalconfirmation_is_given_once"
            ),
        )

    def __str__(self):
        return self.value_key
