"""How the studios of a county are furnished: most meet their rule, a few do not, so that 不达标 shows its reasons."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from accounts.pinyin import search_key
from representatives.models import Representative
from studios.enums import EquipmentCondition, StudioKind
from studios.models import Equipment, Studio

FIRST_PLAQUE = date(2011, 5, 16)
"""The month in which the source hung its first plaques; later ones follow a few days apart."""
ROOMS = ("党群服务中心一楼东侧", "党群服务中心二楼 201 室", "便民服务大厅旁", "村部院内西侧", "文化礼堂一楼")
SHARED = ("综合服务室", "信访接待室", "")
STATEMENTS = ("愿为大家多跑一步", "群众的小事就是我的大事", "听得进话，办得成事")
PROMISES = ("件件有回音，五个工作日内答复", "每月第一个周六在工作室接访", "能办的马上办，不能办的讲清楚")
FURNITURE = (("办公台", 1), ("文件柜", 1), ("电脑", 1), ("打印机", 1), ("报刊架", 1), ("台卡", 3))


def furnish(studios: list[Studio], members: dict[int, list[Representative]]) -> None:
    """Write areas, addresses, plaques, what personal studios show, and equipment (a few bulk writes)."""
    for number, studio in enumerate(studios):
        studio.plaque_on = FIRST_PLAQUE + timedelta(days=17 * number)
        if studio.kind == StudioKind.PERSONAL:
            _show_its_owner(studio, number, members[studio.pk][0])
        else:
            _give_space(studio, number)
    columns = ["name", "search_key", "address", "area", "shared_with", "plaque_on"]
    columns += ["personal_statement", "service_promise"]
    Studio.objects.bulk_update(studios, columns, batch_size=500)
    Equipment.objects.bulk_create(_equipment(studios))


def _show_its_owner(studio: Studio, number: int, owner: Representative) -> None:
    """Named after its representative, in whose office it is; one in ten has not written a promise yet."""
    studio.name = f"{owner.name}党代表工作室"
    studio.search_key = search_key(f"{studio.name} {studio.village}")
    studio.address = f"{studio.delegation.short_name}{owner.position}办公室"
    studio.area = None
    studio.personal_statement = STATEMENTS[number % len(STATEMENTS)]
    studio.service_promise = "" if number % 10 == 0 else PROMISES[number % len(PROMISES)]


def _give_space(studio: Studio, number: int) -> None:
    """One in 23 is too small, one in 61 was never measured, one county studio shares its room."""
    least = 20 if studio.kind == StudioKind.COUNTY else 16
    studio.area = Decimal(least + number * 7 % 25) + Decimal(number % 2) / 2
    if number % 23 == 11:
        studio.area = Decimal(least) - Decimal("2.5")
    elif number % 61 == 40:
        studio.area = None
    if studio.kind == StudioKind.COUNTY:
        studio.address = f"{studio.delegation.short_name}办公楼 {101 + number} 室"
        studio.shared_with = SHARED[0] if number == 5 else ""
    else:
        studio.address = f"{studio.delegation.short_name}{studio.village}{ROOMS[number % len(ROOMS)]}"
        studio.shared_with = SHARED[number % len(SHARED)]


def _equipment(studios: Iterable[Studio]) -> Iterator[Equipment]:
    """Everything the source lists; here and there a printer waits for repair, a computer is broken or missing."""
    for number, studio in enumerate(studios):
        for place, (name, quantity) in enumerate(FURNITURE):
            if name == "电脑" and number % 19 == 7:
                continue
            condition = EquipmentCondition.GOOD
            if name == "打印机" and number % 13 == 4:
                condition = EquipmentCondition.WORN
            elif name == "电脑" and number % 29 == 9:
                condition = EquipmentCondition.BROKEN
            more = 1 if (number + place) % 5 == 0 else 0
            yield Equipment(studio=studio, name=name, quantity=quantity + more, condition=condition)
