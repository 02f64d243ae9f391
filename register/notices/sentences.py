"""The words of a notice: short sentences for everybody, each under a key. Dutch is in the translations.

What is in brackets in a comment is the item of Art. 13 (and 14) that the sentence answers.
"""

from django.utils.translation import gettext_lazy as _

from register.law import Basis, Provision, SpecialGround

HEADINGS = {
    "controller": _("Who we are"),
    "purposes": _("Why we use your data"),
    "data": _("Which data we use"),
    "source": _("Where your data come from"),
    "provision": _("Must you give us your data?"),
    "recipients": _("Who else gets your data"),
    "transfers": _("Your data outside Europe"),
    "retention": _("How long we keep your data"),
    "automated": _("Decisions by a computer"),
    "objection": _("You may object"),
    "withdrawal": _("You may change your mind"),
    "rights": _("Your other rights"),
    "complaint": _("Do you have a complaint?"),
    "children": _("For children"),
    "cookies": _("Cookies"),
    "push": _("Push messages"),
    "social": _("Social media and webcare"),
    "security": _("How we protect your data"),
    "copyright": _("Copyright"),
    "changes": _("When this text changes"),
}

BASES = {
    "": _("We also use your data for this:"),
    Basis.CONSENT: _("For this we ask your consent:"),
    Basis.CONTRACT: _("We need your data for this because of an agreement with you, or because you ask for one:"),
    Basis.LEGAL_OBLIGATION: _("The law obliges us to do this:"),
    Basis.VITAL_INTERESTS: _("We do this to protect somebody's life:"),
    Basis.PUBLIC_TASK: _("This is part of our public task:"),
    Basis.LEGITIMATE_INTEREST: _("We, or others, have a good reason for this, and weighed it against your interests:"),
}

UNWEIGHED = _("We, or others, have a good reason for this:")
"""What is said of an interest when the record names no assessment of it: that it was weighed is not made up."""

SPECIAL = {
    SpecialGround.A: _("We use these data only with your express consent: %(data)s."),
    SpecialGround.B: _("Labour law or social security law allows us to use these sensitive data: %(data)s."),
    SpecialGround.C: _("We use these sensitive data when a life is at stake: %(data)s."),
    SpecialGround.D: _("As an association we may use these sensitive data of our own members: %(data)s."),
    SpecialGround.E: _("You made these sensitive data public yourself: %(data)s."),
    SpecialGround.F: _("We need these sensitive data for a legal claim: %(data)s."),
    SpecialGround.G: _("The law allows us to use these sensitive data in the public interest: %(data)s."),
    SpecialGround.H: _("We need these sensitive data for health care or for the work of a company doctor: %(data)s."),
    SpecialGround.I: _("We need these sensitive data for public health: %(data)s."),
    SpecialGround.J: _("We use these sensitive data for an archive, research or statistics: %(data)s."),
}

GROUPS = {
    "behaviour": _("What you do"),
    "beliefs": _("What you believe"),
    "biometric": _("Your body"),
    "communication": _("Messages"),
    "contact": _("How to reach you"),
    "education": _("School and study"),
    "employment": _("Work"),
    "family": _("Family"),
    "financial": _("Money"),
    "health": _("Health"),
    "identifiers": _("Numbers"),
    "identity": _("Who you are"),
    "image-sound": _("Image and sound"),
    "legal": _("Law and offences"),
    "location": _("Where you are"),
    "online": _("Internet"),
    "preferences": _("What you like"),
    "security": _("Signing in and safety"),
    "social-media": _("Social media"),
    "": _("Other data"),
}

ROLES = {
    "processor": _("These companies work for us. They may do with your data only what we ask:"),
    "controller": _("These organisations get your data and decide themselves what they do with them:"),
    "authority": _("These public bodies get your data:"),
    "group": _("These companies of our own group get your data:"),
    "other": _("These others get your data:"),
}

PROVISIONS = {
    Provision.STATUTORY: _("By law you must give us: %(data)s."),
    Provision.CONTRACTUAL: _("For the agreement you must give us: %(data)s."),
    Provision.VOLUNTARY: _("You choose yourself whether you give us: %(data)s."),
}

TEXTS = {
    "own": "%(text)s",
    "block": "%(text)s",
    # 13(1)(a), 13(1)(b), 26(2)
    "controller": _("%(name)s uses your data and is responsible for them."),
    "controller_contact": _("You can reach us here: %(contact)s."),
    "representative": _("In the European Union we are represented by %(name)s: %(contact)s."),
    "officer": _("Our data protection officer watches over your data. You can ask this officer anything: %(contact)s."),
    "joint": _("Together with %(party)s we decide why and how your data are used."),
    "joint_essence": _("What we agreed with %(party)s: %(essence)s."),
    "joint_rights": _("You can use your rights with each of us."),
    # 13(1)(c), 13(1)(d), 13(3)
    "purpose": "%(purpose)s.",
    "purpose_law": _("%(purpose)s. It is in the law: %(law)s."),
    "purpose_interest": _("%(purpose)s. Our reason: %(interest)s."),
    "further": _("We got the data for another purpose first. This purpose fits with it: %(purpose)s."),
    "criminal": _("We use these data about offences because the law allows it: %(data)s."),
    "national_id": _("The law allows us to use your national number: %(law)s."),
    # 14(1)(d)
    "data_all": _("We use these data about you:"),
    "data_of": _("About %(people)s we use these data:"),
    "data": "%(group)s: %(data)s.",
    "data_special": _("The law protects these data extra: %(data)s."),
    # 14(2)(f)
    "source_subject": _("You give us these data yourself."),
    "source_part": _("You give us yourself: %(data)s."),
    "source_rest": _("You give us most data yourself. The others we name here."),
    "source_controller": _("From %(source)s we get: %(data)s."),
    "source_public": _("From a source that is open to everybody, %(source)s, we get: %(data)s."),
    "source_broker": _("From %(source)s we buy or rent: %(data)s."),
    "source_elsewhere": _("From others we get: %(data)s."),
    "source_open": _("From a source that is open to everybody we get: %(data)s."),
    "source_generated": _("We make these data ourselves: %(data)s."),
    "source_observed": _("These data arise while you use what we offer, or we measure them: %(data)s."),
    # 13(2)(e)
    "consequence": _("If you do not give them: %(consequence)s."),
    # 13(1)(e)
    "recipients_none": _("We give your data to nobody else."),
    "recipient": "%(who)s.",
    "recipient_what": "%(who)s: %(what)s.",
    # 13(1)(f)
    "transfers_none": _("Your data stay within the European Economic Area."),
    "transfers_some": _("Some data go to, or can be seen from, a country outside the European Economic Area:"),
    "transfer": _("To %(who)s in %(country)s."),
    "transfer_adequacy": _(
        "To %(who)s in %(country)s. The European Commission found that your data are well protected there."
    ),
    "transfer_safeguards": _("To %(who)s in %(country)s. Your data are protected by: %(mechanism)s."),
    "transfer_exception": _("To %(who)s in %(country)s. The law allows this by way of exception: %(mechanism)s."),
    "transfer_copy": _("Ask for a copy of what was agreed here: %(contact)s."),
    # 13(2)(a)
    "retention": _("We keep your data no longer than we need them:"),
    "kept": "%(data)s: %(period)s.",
    # 13(2)(f)
    "automated_none": _("No decision about you is taken by a computer alone."),
    "automated": _("Some decisions about you are taken by a computer, without a person:"),
    "logic": _("How it works: %(logic)s."),
    "consequences": _("What it means for you: %(consequences)s."),
    "intervention": _("How a person can look at it again: %(intervention)s."),
    "automated_rights": _("You may ask that a person decides, say what you think of it, and contest the decision."),
    "profiling": _("We use your data to judge or to predict something about you. That is called profiling."),
    # 13(2)(b), 13(2)(c), 13(2)(d), 21(4)
    "rights": _("You may ask us:"),
    "access": _("to see your data, and to get a copy;"),
    "rectification": _("to correct what is wrong, or to add what is missing;"),
    "erasure": _("to erase your data, when we no longer need them or may no longer use them;"),
    "restriction": _("to use your data less for a while, for instance while we check whether they are right;"),
    "portability": _("to give you the data in a file that you can take to somebody else."),
    "rights_how": _("Put your question here: %(contact)s. You get an answer within a month. It costs nothing."),
    "objection": _(
        "Do we use your data for our public task or for a good reason of our own? You may object because of your own "
        "situation. We then stop, unless we have a very strong reason to go on."
    ),
    "objection_marketing": _("You may always object to advertising. We then stop at once. You need not say why."),
    "objection_how": _("Tell us here: %(contact)s."),
    "withdrawal": _(
        "Did you give consent? You may withdraw it whenever you like. That is as easy as giving it. What we did before "
        "then stays allowed."
    ),
    "withdrawal_how": _("Tell us here: %(contact)s."),
    "complaint_us": _("Are you not satisfied? Tell us first, if you like: %(contact)s."),
    "complaint": _("You may also complain to the supervisory authority: %(authority)s."),
    # the short text at a collection point
    "short_controller": _("%(name)s uses what you fill in here."),
    "short_purposes": _("We use it for this:"),
    "short_rights": _(
        "You may see, correct and erase your data, and you may object. How, and what else you should know:"
    ),
}

BLOCKS = {
    "children": _(
        "Are you not an adult yet? Read this together with your parents. We keep things about you, such as your name. "
        "We tell you why, and we do not give them to just anybody. You may ask us what we know about you."
    ),
    "cookies": _(
        "Our website places small files on your device: cookies. Some are needed to make the website work. For all "
        "others we ask you first, and you can say no just as easily as yes. You can change your choice at any time."
    ),
    "push": _(
        "Our app can send you messages, but only if you allow it. You can switch them off in the settings of your "
        "phone or of the app."
    ),
    "social": _(
        "We are on social media. What you write to us there, we read and answer. Do not put private things in an open "
        "message. The platform has its own rules and decides itself what it does with your data."
    ),
    "security": _(
        "We protect your data against loss and misuse. Only people who need them for their work can see them. Do you "
        "see something that is not safe? Tell us."
    ),
    "copyright": _("You may read, print and share this text. Please do not change it."),
    "changes": _(
        "When we do something else with your data, we change this text and put a new date on it. Older texts stay here "
        "to read. If it is important to you, we tell you before."
    ),
}

MISSING = {
    "controller": _("%(code)s does not say who the controller is, or those details were never established."),
    "contact": _("Nothing says how people can reach %(name)s."),
    "representative": _("How to reach the representative in the European Union is not filled in."),
    "officer": _("There is a data protection officer, but no way to reach this officer is filled in."),
    "officer_unknown": _("It is not filled in whether %(name)s has a data protection officer."),
    "authority": _("Which supervisory authority people can complain to is not filled in."),
    "essence": _("What was agreed with the joint controller %(party)s is not filled in."),
    "joint_unnamed": _("There are joint controllers; which ones is not filled in."),
    "purposes": _("No purpose is filled in."),
    "purpose": _("A purpose has no text."),
    "basis": _("The lawful basis of a purpose is not filled in: %(purpose)s."),
    "law": _("The law behind a purpose is not filled in: %(purpose)s."),
    "interest": _("The legitimate interest behind a purpose is not filled in: %(purpose)s."),
    "special": _("The ground for sensitive data is not filled in: %(data)s."),
    "data": _("No data are filled in."),
    "source": _("Where these data come from is not filled in: %(data)s."),
    "source_who": _("From whom these data come is not filled in: %(data)s."),
    "provision": _("Whether people must give their data is not filled in."),
    "consequence": _("What happens when people do not give their data is not filled in."),
    "recipients": _("Who receives the data is not filled in."),
    "recipient": _("A recipient has no name and no description."),
    "transfers": _("Whether data leave the European Economic Area is not filled in."),
    "country": _("The country of a transfer is not filled in."),
    "mechanism": _("What a transfer rests on is not filled in."),
    "copy": _("Where people get a copy of the safeguards of a transfer is not filled in."),
    "retention": _("How long these data are kept is not filled in: %(data)s."),
    "automated": _("Whether decisions are taken by a computer alone is not filled in."),
    "logic": _("How the computer decides is not filled in."),
    "consequences": _("What a decision by the computer means for people is not filled in."),
    "rights": _("Which other rights people have is not known, since a purpose has no lawful basis."),
    "language": _("This is not written in this language: %(text)s"),
    "listed_purpose": _("What these are for is not filled in: %(names)s."),
    "listed_term": _("How long these stay is not filled in: %(names)s."),
    "listed_language": _("What these are for is not written in this language: %(names)s."),
}
"""What is said of each gap."""
