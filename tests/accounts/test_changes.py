"""A record tells who changed what from what to what."""

from accounts.changes import FieldChange, begin_history, changes_of
from representatives.enums import Gender
from studios.models import Studio
from tests.cast import Cast
from tests.uploads.pictures import photo
from uploads.services import store_photo


def _write(cast: Cast, **values: object) -> Studio:
    studio = Studio.objects.get(pk=cast.studio.pk)
    for name, value in values.items():
        setattr(studio, name, value)
    studio._history_user = cast.town_office
    studio.save()
    return studio


def test_a_change_is_told_in_words(cast: Cast) -> None:
    _write(cast, phone="0513-1")
    studio = _write(cast, phone="0513-2", status="CLOSED")
    newest = changes_of(studio)[0]
    assert newest.who == "镇办甲"
    assert newest.fields == [FieldChange("电话", "0513-1", "0513-2"), FieldChange("状态", "启用", "撤销")]


def test_people_put_in_charge_are_named(cast: Cast) -> None:
    cast.studio.liaisons.add(cast.other_liaison)
    newest = changes_of(cast.studio)[0]
    assert newest.fields == [FieldChange("联络员", "联络员甲", "联络员甲、联络员乙")]


def test_a_related_row_is_named(cast: Cast) -> None:
    cast.representative.delegation = cast.other_town
    cast.representative.gender = Gender.MALE
    cast.representative.save()
    said = {field.label: (field.before, field.after) for field in changes_of(cast.representative)[0].fields}
    assert said["代表队"] == ("曲塘镇代表队", "李堡镇代表队")


def test_a_write_that_changes_nothing_is_not_told(cast: Cast) -> None:
    before = len(changes_of(cast.studio))
    _write(cast)
    assert len(changes_of(cast.studio)) == before


def test_a_photo_where_there_was_none(cast: Cast) -> None:
    _write(cast, plaque_photo=store_photo(file=photo(), subject="studio:1", actor=cast.liaison))
    assert changes_of(cast.studio)[0].fields == [FieldChange("挂牌照片", "", "现场.jpg")]


def test_the_first_change_of_a_row_written_in_bulk_is_told(cast: Cast) -> None:
    Studio.history.all().delete()
    begin_history(cast.studio)
    begin_history(cast.studio)
    studio = _write(cast, phone="0513-1")
    (only,) = changes_of(studio)
    assert (only.is_first, only.fields) == (False, [FieldChange("电话", "", "0513-1")])
