"""What people can be asked, and the very words that they must be shown for a consent to be worth anything."""

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from ninja import Router, Schema

from accounts.api import Key
from consent.kinds import Purpose
from consent.models import ConsentPurpose, WordingVersion
from core.api import ERRORS

router = Router()


class TextOut(Schema):
    text: str
    withdrawal: str


class WordingOut(Schema):
    """A wording as it is shown now; `id` is what a recorded consent names."""

    id: UUID
    name: str
    number: int
    digest: str
    valid_from: datetime
    texts: dict[str, TextOut]


class PurposeOut(Schema):
    code: str
    names: dict[str, str]
    kind: Purpose
    event_kind: str
    retired_on: date | None
    wordings: list[WordingOut]


class PurposesOut(Schema):
    purposes: list[PurposeOut]


@router.get("/purposes", auth=Key(), response={200: PurposesOut} | ERRORS, summary="What people can be asked")
def purposes(request):
    """All purposes with their code, and the wordings that are in use now, in each language. Two queries."""
    organisation = request.auth.organisation
    shown = defaultdict(list)
    versions = WordingVersion.objects.filter(organisation=organisation, valid_until=None).select_related("wording")
    for version in versions.order_by("wording__name", "number"):
        shown[version.wording.purpose_id].append(_wording(version))
    found = ConsentPurpose.objects.of(organisation)
    return {"purposes": [_purpose(purpose, shown[purpose.pk]) for purpose in found]}


def _purpose(purpose, wordings):
    names = {"nl": purpose.name_nl, "en": purpose.name_en}
    return {
        "code": purpose.code,
        "names": {language: name for language, name in names.items() if name},
        "kind": purpose.kind,
        "event_kind": purpose.event_kind,
        "retired_on": purpose.retired_on,
        "wordings": wordings,
    }


def _wording(version):
    texts = version.content.get("texts", {})
    return {
        "id": version.pk,
        "name": version.wording.name,
        "number": version.number,
        "digest": version.digest,
        "valid_from": version.valid_from,
        "texts": {
            language: {"text": said.get("text", ""), "withdrawal": said.get("withdrawal", "")}
            for language, said in texts.items()
        },
    }
