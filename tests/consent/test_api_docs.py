"""What docs/api.md shows is tried as it stands there."""

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories.accounts import headers
from tests.factories.consent import WordingVersionFactory

EXAMPLES = re.findall(r"```sh\n(curl.*?)```", (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(), re.DOTALL)


@pytest.mark.django_db
def test_every_example_in_the_documentation_works(client):
    version = WordingVersionFactory(
        wording__purpose__code="nieuwsbrief", content={"texts": {"nl": {"text": "Ja, mail mij."}}}
    )
    own = headers(version.organisation)
    assert len(EXAMPLES) >= 9
    moment = timezone.now().isoformat()
    for shown in EXAMPLES:
        example = shown.replace("$WORDING", str(version.pk)).replace("$(date -u +%FT%TZ)", moment)
        words = shlex.split(example.replace("\\\n", " "))
        [url] = [word for word in words if word.startswith("$DERTIG")]
        path = url.removeprefix("$DERTIG")
        if "-d" in words:
            body = words[words.index("-d") + 1]
            answer = client.post(path, body, content_type="application/json", headers=own)
        else:
            answer = client.get(path, headers=own)
        assert answer.status_code in (200, 201), (example, answer.content)
