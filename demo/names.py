"""Invented people look invented: a surname, 演示, and a counting character."""

NAME_PREFIX = "演示·"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
STEMS = "甲乙丙丁戊己庚辛壬癸"


def name_of(number: int) -> str:
    """赵演示甲, 钱演示乙 …: the same number gives the same name."""
    return f"{SURNAMES[number % len(SURNAMES)]}演示{STEMS[number % len(STEMS)]}"


def phone_of(number: int) -> str:
    """A phone of a range nobody has: 1990000xxxx."""
    return f"1990000{number % 10_000:04d}"
