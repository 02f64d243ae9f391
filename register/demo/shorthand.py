"""Short spellings for the data files: each gives the values of one line, with keys of the library instead of rows."""


def purpose(nl, basis, law="", article="", en="", **more):
    line = {"text_nl": nl, "text_en": en, "basis": basis, "basis_article": article} | more
    return line | ({"basis_law": law} if law else {})


def people(key, least=None, most=None):
    return {"category": key, "number_min": least, "number_max": most}


def data(key, keep="", why="", of="", source="subject", **more):
    line = {"category": key, "source": source, "necessity_reason": why, "necessity": "needed" if why else ""} | more
    if keep:
        line["retention"] = keep
    if of:
        line["subject"] = of
    return line


def to(party, role, ground="", agreement="", **more):
    line = {"party": party, "role": role, "ground": ground} | more
    return line | ({"agreement": agreement} if agreement else {})


def transfer(party, country, mechanism, **more):
    return {"party": party, "country": country, "mechanism": mechanism} | more


def systems(*keys):
    return [{"system": key} for key in keys]


def measures(*keys):
    return [{"measure": key} for key in keys]


def inside(role, note="", **more):
    return {"role": role, "note": note} | more


EVERYWHERE = ("access-by-role", "multi-factor", "encryption-in-transit", "backup", "confidentiality-statement")
