"""A file is handed out to those who see what it belongs to; for others it does not exist."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import Cast
from tests.uploads.pictures import disguised, photo, read
from uploads.models import Upload
from uploads.services import store_file, store_photo

Login = Callable[[User], Client]


@pytest.fixture
def picture(cast: Cast) -> Upload:
    return store_photo(file=photo(), subject=f"studio:{cast.studio.pk}", actor=cast.liaison)


def test_a_photo_is_shown(cast: Cast, login: Login, picture: Upload) -> None:
    response = login(cast.leader).get(picture.get_absolute_url())
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert read(response).startswith(b"\xff\xd8")


def test_an_attachment_is_downloaded(cast: Cast, login: Login) -> None:
    upload = store_file(file=disguised("说明.pdf"), subject=f"studio:{cast.studio.pk}", actor=cast.liaison)
    response = login(cast.liaison).get(upload.get_absolute_url())
    assert response["Content-Disposition"].startswith("attachment")
    read(response)


def test_nobody_sees_a_subject_no_app_answers_for(cast: Cast, login: Login, picture: Upload) -> None:
    Upload.objects.filter(pk=picture.pk).update(subject="secret:1")
    assert login(cast.county_office).get(picture.get_absolute_url()).status_code == 404
