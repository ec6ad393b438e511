"""Rates as percents with two decimals, and their words (domain.md §8)."""

from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


def percent(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent, rounded half up to two decimals; None when `whole` is 0."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / whole).quantize(HUNDREDTH, ROUND_HALF_UP)


def percent_words(rate: Decimal | None) -> str:
    """77.07% ; — where nothing divides."""
    return "—" if rate is None else f"{rate}%"
