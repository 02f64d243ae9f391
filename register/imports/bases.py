"""Lawful bases of Art. 6(1) as people write them: by letter, by article, or in words of five languages. Pure."""

import re
from dataclasses import dataclass

from .values import plain, remembered, several

BASES = {
    "a": "toestemming|toestemming betrokkene|toestemming van de betrokkene|toestemming van betrokkene|consent|"
    "consent of the data subject|consentimiento|consentimiento del interesado|consentement|"
    "consentement de la personne concernee|einwilligung|einwilligung der betroffenen person",
    "b": "uitvoering overeenkomst|uitvoering van een overeenkomst|uitvoering van de overeenkomst|overeenkomst|"
    "contract|performance of a contract|performance of contract|ejecucion de contrato|ejecucion de un contrato|"
    "ejecucion del contrato|contrato|execution d un contrat|execution du contrat|contrat|vertrag|vertragserfullung|"
    "erfullung eines vertrags|erfullung eines vertrages",
    "c": "wettelijke verplichting|wettelijke plicht|legal obligation|obligacion legal|obligation legale|"
    "rechtliche verpflichtung|gesetzliche verpflichtung|erfullung einer rechtlichen verpflichtung",
    "d": "vitale belangen|vitaal belang|bescherming van vitale belangen|vital interests|vital interest|"
    "intereses vitales|interets vitaux|interet vital|sauvegarde des interets vitaux|lebenswichtige interessen",
    "e": "taak van algemeen belang|vervulling taak van algemeen belang|vervulling van een taak van algemeen belang|"
    "algemeen belang|publieke taak|publiekrechtelijke taak|openbaar gezag|uitoefening openbaar gezag|"
    "uitoefening van openbaar gezag|taak van algemeen belang of openbaar gezag|"
    "taak van algemeen belang of uitoefening van openbaar gezag|public task|public interest|"
    "official authority|task in the public interest|mision de interes publico|interes publico|"
    "mission d interet public|mission de service public|interet public|execution d une mission d interet public|"
    "offentliches interesse|offentliche aufgabe|wahrnehmung einer aufgabe im offentlichen interesse|"
    "aufgabe im offentlichen interesse",
    "f": "gerechtvaardigd belang|gerechtvaardigde belangen|behartiging gerechtvaardigd belang|legitimate interest|"
    "behartiging van gerechtvaardigde belangen|legitimate interests|interes legitimo|interets legitimes|"
    "interet legitime|berechtigtes interesse|berechtigte interessen",
}
BASIS_OF = {words: code for code, names in BASES.items() for words in names.split("|")}
PARAGRAPH = r"(?:eerste\s+lid|lid\s*1|abs(?:atz)?\.?\s*1|paragraphe\s*1|para(?:graph)?\.?\s*1|apartado\s*1|§\s*1|1)"
LETTER = r"(?:aanhef\s+en\s+onder|onder|sub|letter|letra|lit(?:t?era)?|let|buchst(?:abe)?|point|punt|alin[eé]a)"
ARTICLE_6 = re.compile(
    rf"\b(?:art(?:[ií]c|ic|ik)?(?:ulo|le|el)?\.?\s*)?6[\s.,(:-]*(?:{PARAGRAPH}\)?)?[\s.,:-]*"
    rf"(?:s(?:atz)?\.?\s*1\s*)?(?:{LETTER}\.?\s*)?\(?([a-f])\b\)?",
    re.IGNORECASE,
)
LETTERED = re.compile(r"\(?([a-f])\s*[).:–—-]+\s*(.+)", re.IGNORECASE | re.DOTALL)
REGULATION = {"", "avg", "gdpr", "rgpd", "dsgvo", "van de avg", "of the gdpr", "du rgpd", "del rgpd", "uavg"}


@dataclass(frozen=True)
class Bases:
    """The letters of Art. 6(1) that a cell names; `whole` tells that it says nothing else."""

    codes: tuple
    whole: bool


@remembered
def bases(text):
    """Lawful bases by name, by letter, or by article. A name somewhere in prose is not enough: it may be denied."""
    codes, whole = [], True
    for part in several(text):
        found, says_no_more = _of(part)
        codes += found
        whole = whole and says_no_more
    return Bases(tuple(dict.fromkeys(codes)), whole and bool(codes))


def _of(part):
    words = plain(part)
    if words in BASIS_OF or words in BASES:
        return [BASIS_OF.get(words, words)], True
    pieces = [plain(piece) for piece in re.split(r"[,/+&]|\b(?:en|and|et|und|y)\b", part)]
    if len(pieces) > 1 and all(piece in BASIS_OF or piece in BASES for piece in pieces):
        return [BASIS_OF.get(piece, piece) for piece in pieces], True
    lettered = LETTERED.fullmatch(part.strip())
    if lettered and BASIS_OF.get(plain(lettered[2])) == lettered[1].lower():
        return [lettered[1].lower()], True
    return _by_article(part) or _by_first_words(part, words)


def _by_article(part):
    letters = [match[1].lower() for match in ARTICLE_6.finditer(part)]
    if not letters:
        return None
    rest = plain(ARTICLE_6.sub(" ", part))
    named = len(letters) == 1 and BASIS_OF.get(rest.removesuffix(" avg").removesuffix(" gdpr")) == letters[0]
    return letters, rest in REGULATION or named


def _by_first_words(part, words):
    head = plain(re.split(r"[(:,.–—]", part, maxsplit=1)[0])
    if head in BASIS_OF and any(words.startswith(name + " ") for name in BASIS_OF):
        return [BASIS_OF[head]], False
    return [], False
