"""What a letter says to the people themselves: what a consequence means for them, and what they can do. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .kinds import FINANCIAL, SPECIAL, Consequence, DataKind

MEANS = {
    Consequence.DISCRIMINATION: gettext_lazy("Others may treat you differently because of these data."),
    Consequence.IDENTITY_FRAUD: gettext_lazy("Somebody may pretend to be you."),
    Consequence.FINANCIAL_LOSS: gettext_lazy("You may lose money."),
    Consequence.REPUTATION: gettext_lazy("Your good name may be harmed."),
    Consequence.SECRECY: gettext_lazy("Somebody may know what should have stayed between you and us."),
    Consequence.REIDENTIFICATION: gettext_lazy("Data without your name may be traced back to you."),
    Consequence.RIGHTS: gettext_lazy("For some time you may be unable to see or correct your data."),
    Consequence.CONTROL: gettext_lazy("You may not know any more who has your data."),
    Consequence.PHYSICAL: gettext_lazy("It may affect your health or your safety."),
}
"""Other consequences are in the words of whoever recorded them."""

DELICATE = SPECIAL | {DataKind.CRIMINAL, DataKind.PICTURE, DataKind.BEHAVIOUR}
IDENTITY = {DataKind.NATIONAL_ID, DataKind.ID_COPY}
ADVICE = (
    (
        {DataKind.CREDENTIALS},
        gettext_lazy("Change your password. Do you use it elsewhere too? Then change it there as well."),
    ),
    (
        {DataKind.NAME, DataKind.CONTACT},
        gettext_lazy("Be careful when somebody asks for your data or for money, also when it seems to come from us."),
    ),
    (
        FINANCIAL,
        gettext_lazy("Check your bank statements. Call your bank at once when you see something strange."),
    ),
    ({DataKind.CARD}, gettext_lazy("Ask your bank whether your card must be blocked.")),
    (
        IDENTITY,
        gettext_lazy("Look out for bills, contracts or letters that you do not expect, and report abuse at once."),
    ),
    ({DataKind.LOCATION}, gettext_lazy("Do you feel unsafe? Tell the police.")),
    (DELICATE, gettext_lazy("Does somebody use these data against you? Tell us.")),
)


def advice(kinds):
    """What people can do, by which data were hit; never nothing."""
    found = [str(sentence) for which, sentence in ADVICE if which & set(kinds)]
    return [*found, _("Do you notice anything strange? Tell us at once.")]
