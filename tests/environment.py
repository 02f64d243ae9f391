"""The environment of the tests, set before Django reads its settings (`-p tests.environment` in pyproject.toml)."""

import os
import tempfile

ENVIRONMENT = {
    "DEBUG": "0",
    "SECRET_KEY": "tests-only",
    "FIELD_KEYS": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    "CONSENT_KEYS": "2:tests-newer,1:tests-older",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "BASE_URL": "http://testserver",
    "HTTPS": "0",
    "STATIC_HASHED": "0",
    "EMAIL_URL": "memorymail://",
    "CACHE_URL": "dbcache://cache",
    "LANGUAGE_CODE": "nl",
    "TIME_ZONE": "Europe/Amsterdam",
    "TRUSTED_PROXY_COUNT": "0",
    "OIDC_SERVER_URL": "",
    "CLAMAV_SOCKET": "",
    "LOG_LEVEL": "CRITICAL",
    "FILES_ROOT": os.path.join(tempfile.gettempdir(), "dertig-tests-without-files"),  # never made: see conftest
}
os.environ.update(ENVIRONMENT)
