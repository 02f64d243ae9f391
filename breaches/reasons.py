"""The sentences of a suggestion. What is stored is a key and parameters; the sentence is made for whoever reads."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from .kinds import Kind
from .scales import QUESTIONS as SCORED
from .scales import Level


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason or a warning: `parameters` are codes, names of facts, and numbers."""

    key: str
    parameters: dict = field(default_factory=dict, hash=False)

    @property
    def sentence(self):
        """In the present language."""
        return str(SENTENCES[self.key]) % {name: _spoken(name, value) for name, value in self.parameters.items()}

    def as_json(self):
        return {"key": self.key, "parameters": self.parameters}


FACTS = {
    "kinds": _("the kind of breach"),
    "special": _("special categories of data"),
    "criminal": _("criminal data"),
    "identity_data": _("data for identity fraud"),
    "children": _("children"),
    "vulnerable": _("vulnerable people"),
    "people": _("the number of people"),
}
"""What a fact is called inside a sentence."""

ASKED = {
    **SCORED,
    "kinds": _("What happened: could somebody see the data, were they altered, or are they out of reach?"),
    "special": _("Are there special categories of data among them, such as health or religion (Art. 9)?"),
    "criminal": _("Are there criminal data among them (Art. 10)?"),
    "identity_data": _("Is there something to commit fraud with: a national number, a copy of a passport, a password?"),
    "children": _("Are there data of children among them?"),
    "vulnerable": _("Are there data of vulnerable people among them, such as patients or people in debt?"),
    "people": _("How many people are concerned, at least and at most?"),
    "unintelligible": _("Were the data made unreadable beforehand, such as by encryption: all, part, or none?"),
    "key_safe": _("Is the key or password to them safe?"),
    "recipients": _("Who has the data: somebody trusted, somebody known, or strangers?"),
    "deletion_confirmed": _("Did they confirm in writing that the data are deleted and not passed on?"),
    "nothing_taken": _("Is there proof, such as complete logs, that nobody saw or took the data?"),
    "restored_quickly": _("Were the data back and right before anybody had trouble?"),
    "care_interrupted": _("Did care, or another service that people cannot do without, stand still?"),
    "later_measures": _("Did measures afterwards take the high risk away, such as new passwords (Art. 34(3)(b))?"),
    "disproportionate_effort": _("Does telling people one by one ask too much (Art. 34(3)(c))?"),
    "dutch_financial_undertaking": _("Is the controller a financial undertaking under Dutch law (Art. 42 UAVG)?"),
}
"""What to ask, by the names of facts and of the severity answers."""

KINDS = {
    Kind.CONFIDENTIALITY: _("confidentiality"),
    Kind.INTEGRITY: _("integrity"),
    Kind.AVAILABILITY: _("availability"),
}

SENTENCES = {
    "processor": _(
        "As a processor you tell the controllers concerned without undue delay, Art. 33(2). Whether there is a risk is "
        "for them to judge, and their deadline starts when you tell them."
    ),
    "score": _("The severity score is %(score)s (%(level)s)."),
    "score_range": _(
        "The severity score lies between %(lowest)s (%(lowest_level)s) and %(highest)s (%(highest_level)s), since not "
        "everything is answered. For now the highest counts."
    ),
    "raised": _("The score is low, but does not make a risk unlikely here: it does not fully count %(facts)s."),
    "attack": _("Somebody meant harm, and nothing proves that no data were seen or taken."),
    "nothing_taken": _("It is proven that nobody saw or took the data."),
    "unintelligible": _("Nobody can read the data, and the key is safe."),
    "trusted": _("Whoever got the data is trusted, and has confirmed that they are deleted."),
    "trusted_partly": _(
        "Whoever got the data is trusted, and has confirmed that they are deleted. That lowers the risk, but does not "
        "take it away, because of %(facts)s."
    ),
    "trusted_perhaps": _(
        "Whoever got the data is trusted, and has confirmed that they are deleted. That lowers the risk; whether it "
        "takes it away depends on what is not known yet."
    ),
    "restored_quickly": _("The data were back and right before anybody had trouble."),
    "remains": _("That takes the risk away for one side of the breach, but not for its %(kinds)s."),
    "care_interrupted": _("Care or another vital service stood still."),
    "care_restored": _("Care or another vital service stood still for a short time."),
    "not_known": _("What is not known yet counts as the worst it may be. Each answer can only bring this down."),
    "phases": _("You do not need to know everything to notify: the rest may follow in phases, Art. 33(4)."),
    "burden": _("Write down why a risk is unlikely: you have to be able to show it, Art. 5(2) and 33(1)."),
    "below_threshold": _("On this day the authority is only notified of a high risk."),
    "exemption_unintelligible": _("People need not be told of data that nobody can read, Art. 34(3)(a)."),
    "exemption_later_measures": _(
        "Measures afterwards took the high risk away, so the people need not be told, Art. 34(3)(b)."
    ),
    "exemption_effort": _(
        "Telling people one by one asks too much: make a public notice that reaches them as well, Art. 34(3)(c)."
    ),
    "exemption_financial": _("A financial undertaking under Dutch law need not tell the people, Art. 42 UAVG."),
    "register": _("Every breach goes in the register, whatever its risk, Art. 33(5)."),
    # warnings: where the score misleads
    "not_assessed": _("The severity is not assessed yet."),
    "low_special": _("The score may be too low: there are special categories of data among them."),
    "low_criminal": _("The score may be too low: there are criminal data among them."),
    "low_identity_data": _("The score may be too low: somebody can commit identity fraud with these data."),
    "low_children": _("The score may be too low: it concerns children."),
    "low_vulnerable": _("The score may be too low: it concerns vulnerable people."),
    "low_people": _("The score may be too low: it does not count how many people it concerns: over %(limit)s."),
    "low_people_unknown": _(
        "The score may be too low: it does not count how many people it concerns: perhaps over %(limit)s."
    ),
    "low_no_proof": _("The score may be too low: nothing proves that no data were seen or taken."),
    "low_care_interrupted": _(
        "The score may be too low: it does not count that care or another vital service stood still."
    ),
    "high_unintelligible": _("The score may be too high: it does not count that nobody can read the data."),
    "high_restored_quickly": _("The score may be too high: it does not count how quickly the data were back."),
    "high_trusted": _(
        "The score may be too high: whoever got the data is trusted, and has confirmed that they are deleted."
    ),
    "partly_unintelligible": _("Only part of the data is unreadable: judge the other part by itself."),
    "key_not_safe": _("Data are only unreadable as long as the key is safe, and that is not sure."),
    "encrypted_by_attacker": _("Encryption by an attacker, such as ransomware, protects nobody."),
    "deletion_not_confirmed": _("A trusted recipient is not enough: ask for a written confirmation of deletion."),
    "special_not_scored": _("There are special categories of data, but the score was made with other kinds of data."),
    "kind_not_scored": _("The score counts no harm to the %(kinds)s, but that is one of the kinds of breach."),
    "kind_not_named": _("The answers tell of harm to the %(kinds)s, but that is not among the kinds of breach."),
    "seen_and_not_taken": _("Proof that nobody saw the data does not fit with recipients who have them."),
    "gone_and_restored": _("Data that are lost for good cannot have been restored."),
    "trusted_and_malice": _("Somebody who meant harm is no trusted recipient."),
    "joint": _("There are joint controllers: your arrangement says who notifies. Agree on it today, Art. 26."),
    "duty_of_care": _("Art. 42 UAVG only spares you Art. 34: check the duty of care towards clients under the Wft."),
}


def _spoken(name, value):
    if name == "facts":
        return ", ".join(str(FACTS[one]) for one in value)
    if name == "kinds":
        return ", ".join(str(KINDS[one]) for one in value)
    if name.endswith("level"):
        return str(Level(value).label).lower()
    if name in ("score", "lowest", "highest"):
        return formats.number_format(Decimal(value), use_l10n=True)
    return value
