import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are compared in the language of the source, whatever the default of the installation is."""
    with translation.override("en"):
        yield
