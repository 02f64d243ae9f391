"""A large upload has no name on the machine, so that a kill leaves nothing behind."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory


def test_a_large_upload_waits_in_a_file_without_a_name(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    content = b"p1,Anna Bell,1a,2015-03-01\n" * 200_000
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("pupils.csv", content, "text/csv")})
    file = request.FILES["file"]
    assert list(tmp_path.iterdir()) == []
    assert (file.name, file.size, file.content_type) == ("pupils.csv", len(content), "text/csv")
    assert b"".join(file.chunks()) == content
    assert file.read() == b""
    file.close()
