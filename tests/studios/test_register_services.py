"""Registering and correcting a studio: who may, what is refused, what is kept."""

import pytest

from accounts.changes import changes_of
from accounts.models import User
from studios.enums import EquipmentCondition, StudioKind, StudioStatus
from studios.models import Equipment, Studio
from studios.services import register_studio, update_studio
from studios.services.register import (
    EquipmentEntry,
    StaleStudioError,
    StudioEntry,
    StudioError,
    draft_studio,
    version_of,
)
from tests.cast import Cast
from tests.studios.factories import StudioFactory
from tests.uploads.pictures import disguised, photo
from uploads.models import Upload

DESK = EquipmentEntry("办公台", 2, EquipmentCondition.GOOD)
TOWN = {"code": "Q-01", "name": "曲塘镇新村党代表工作室", "area": 18}


def _register(cast: Cast, actor: User, entry: StudioEntry | None = None, **values: object) -> Studio:
    told = {"kind": StudioKind.TOWN, "delegation": cast.town, "status": StudioStatus.ACTIVE}
    return register_studio(entry=entry or StudioEntry(TOWN), actor=actor, **told | values)  # type: ignore[arg-type]


def _update(studio: Studio, actor: User, **columns: object) -> Studio:
    return update_studio(studio=studio, entry=StudioEntry(columns), seen=version_of(studio), actor=actor)


def test_a_studio_is_registered_whole(cast: Cast) -> None:
    entry = StudioEntry(TOWN, [DESK], photo(), [cast.liaison])
    studio = _register(cast, cast.town_office, entry)
    studio.refresh_from_db()
    assert (studio.county, studio.delegation, studio.code, studio.area) == (cast.county, cast.town, "Q-01", 18)
    assert list(studio.equipment.values_list("name", "quantity", "condition")) == [("办公台", 2, "GOOD")]
    assert list(studio.liaisons.all()) == [cast.liaison]
    assert studio.plaque_photo is not None
    assert studio.plaque_photo.subject == f"studio:{studio.pk}"
    assert "qtzxcddbgzs" in studio.search_key
    assert changes_of(studio)[-1].is_first
    assert {change.who for change in changes_of(studio)} == {"镇办甲"}


@pytest.mark.parametrize("who", ["other_town_office", "liaison", "leader", "admin", "stranger", "nobody"])
def test_others_register_nothing(cast: Cast, who: str) -> None:
    before = Studio.objects.count()
    with pytest.raises(StudioError, match="登记"):
        _register(cast, getattr(cast, who))
    assert Studio.objects.count() == before


def test_a_code_in_use_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    entry = StudioEntry(TOWN | {"code": cast.other_studio.code}, [DESK])
    with pytest.raises(StudioError, match="换一个编号") as caught:
        _register(cast, cast.county_office, entry)
    assert caught.value.field == "code"
    assert not Equipment.objects.exists()


def test_a_new_studio_is_not_closed(cast: Cast) -> None:
    with pytest.raises(StudioError, match="筹建"):
        _register(cast, cast.town_office, status=StudioStatus.CLOSED)


def test_a_bad_photo_leaves_no_studio(cast: Cast) -> None:
    with pytest.raises(StudioError, match="不是照片") as caught:
        _register(cast, cast.town_office, StudioEntry(TOWN, photo=disguised()))
    assert caught.value.field == "photo"
    assert not Studio.objects.filter(code="Q-01").exists()
    assert not Upload.objects.exists()


def test_a_liaison_of_another_town_is_refused(cast: Cast) -> None:
    with pytest.raises(StudioError, match="联络员乙不是曲塘镇代表队"):
        _register(cast, cast.town_office, StudioEntry(TOWN, liaisons=[cast.other_liaison]))


@pytest.mark.parametrize(
    ("kind", "column"),
    [(StudioKind.PERSONAL, "area"), (StudioKind.TOWN, "service_promise"), (StudioKind.COUNTY, "village")],
)
def test_columns_of_another_kind_are_refused(cast: Cast, kind: StudioKind, column: str) -> None:
    with pytest.raises(StudioError, match=column):
        _register(cast, cast.town_office, StudioEntry({"code": "Q", "name": "名", column: "1"}), kind=kind)


def test_offices_correct_everything(cast: Cast) -> None:
    for actor in (cast.town_office, cast.county_office):
        _update(cast.studio, actor, name=f"{actor}改的", area=17)
        cast.studio.refresh_from_db()
        assert cast.studio.name == f"{actor}改的"


def test_a_liaison_keeps_phone_and_address_of_the_own_studio(cast: Cast) -> None:
    _update(cast.studio, cast.liaison, phone="0513-88880001", address="党群服务中心一楼")
    cast.studio.refresh_from_db()
    assert cast.studio.phone == "0513-88880001"
    newest = changes_of(cast.studio)[0]
    assert (newest.who, [field.label for field in newest.fields]) == ("联络员甲", ["地址", "电话"])


def test_a_liaison_changes_nothing_else(cast: Cast) -> None:
    with pytest.raises(StudioError, match="area"):
        _update(cast.studio, cast.liaison, area=99)
    cast.studio.refresh_from_db()
    assert cast.studio.area is None


@pytest.mark.parametrize(
    "who", ["other_town_office", "other_liaison", "leader", "admin", "representative_user", "stranger"]
)
def test_others_correct_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(StudioError, match="只有"):
        _update(cast.studio, getattr(cast, who), phone="0513-88880002")


def test_a_person_without_the_liaisons_role_any_more_tends_nothing(cast: Cast) -> None:
    cast.liaison.memberships.all().delete()
    with pytest.raises(StudioError, match="只有"):
        _update(cast.studio, User.objects.get(pk=cast.liaison.pk), phone="0513-88880002")


def test_whoever_was_slower_overwrites_nothing(cast: Cast) -> None:
    seen = version_of(cast.studio)
    _update(cast.studio, cast.county_office, phone="0513-88880003")
    with pytest.raises(StaleStudioError, match="刚被别人改过"):
        update_studio(studio=cast.studio, entry=StudioEntry({"phone": "0513-88880004"}), seen=seen, actor=cast.liaison)
    cast.studio.refresh_from_db()
    assert cast.studio.phone == "0513-88880003"


def test_a_change_of_equipment_alone_is_noticed_too(cast: Cast) -> None:
    seen = version_of(cast.studio)
    update_studio(studio=cast.studio, entry=StudioEntry({}, [DESK]), seen=seen, actor=cast.liaison)
    with pytest.raises(StaleStudioError):
        update_studio(studio=cast.studio, entry=StudioEntry({}, []), seen=seen, actor=cast.town_office)
    assert cast.studio.equipment.get().name == "办公台"


def test_equipment_becomes_what_was_typed(cast: Cast) -> None:
    rows = [
        DESK,
        EquipmentEntry("电脑", 1, EquipmentCondition.GOOD),
        EquipmentEntry("台卡", 5, EquipmentCondition.GOOD),
    ]
    mended = [rows[0], EquipmentEntry("电脑", 1, EquipmentCondition.BROKEN), EquipmentEntry("打印机", 1, "GOOD")]
    for entries in (rows, mended):
        update_studio(
            studio=cast.studio, entry=StudioEntry({}, entries), seen=version_of(cast.studio), actor=cast.liaison
        )
    found = list(cast.studio.equipment.values_list("name", "quantity", "condition"))
    assert found == [("办公台", 2, "GOOD"), ("电脑", 1, "BROKEN"), ("打印机", 1, "GOOD")]
    told = Equipment.history.order_by("history_id").values_list("name", "history_type", "history_user__name")
    who = "联络员甲"
    assert list(told)[3:] == [("电脑", "~", who), ("打印机", "+", who), ("台卡", "-", who)]


def test_whoever_is_in_charge_already_may_stay(cast: Cast) -> None:
    cast.liaison.memberships.all().delete()
    entry = StudioEntry({"area": 17}, liaisons=[cast.liaison])
    update_studio(studio=cast.studio, entry=entry, seen=version_of(cast.studio), actor=cast.town_office)
    assert list(cast.studio.liaisons.all()) == [cast.liaison]
    with pytest.raises(StudioError, match="请重新选择"):
        _register(cast, cast.town_office, StudioEntry(TOWN, liaisons=[cast.liaison]))


def test_people_who_are_not_named_stay(cast: Cast) -> None:
    _update(cast.studio, cast.town_office, phone="0513-88880005")
    assert list(cast.studio.liaisons.all()) == [cast.liaison]


def test_the_draft_has_the_next_code_of_its_town(cast: Cast) -> None:
    StudioFactory(delegation=cast.town, code="Q-07")
    StudioFactory(delegation=cast.other_town, code="Q-08")
    cast.studio.delete()
    draft = draft_studio(kind=StudioKind.TOWN, delegation=cast.town)
    assert (draft.code, draft.pk, draft.status) == ("Q-09", None, StudioStatus.ACTIVE)
