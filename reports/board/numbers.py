"""The five big numbers with their basis and their change, the flow, and the source's paragraph around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.board.counts import FLOW, Counts
from reports.headline import PEOPLE_MET, TOLD, Headline
from reports.stats import MEASURES, RATIOS, Numbers, link, value
from studios.rates import percent_words


@dataclass(frozen=True)
class Part:
    """A count with its word, its unit, and the list of exactly its rows."""

    label: str
    number: int
    unit: str
    url: str

    @property
    def words(self) -> str:
        return f"{self.number:,}"


@dataclass(frozen=True)
class Change:
    """The change since the period before, in words, and the counts that one had."""

    words: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Big:
    """A big number: a count that leads to its rows, or a rate or sum whose parts do."""

    label: str
    words: str
    unit: str
    url: str
    parts: tuple[Part, ...]
    change: Change | None


@dataclass(frozen=True)
class Story:
    """The source's results paragraph: as a sentence to copy, and number by number."""

    words: str
    parts: tuple[Part, ...]


def big_numbers(counts: Counts) -> list[Big]:
    """The five of the board; a unit's speak of cases alone."""
    rates = [_rate(counts, key) for key in ("closing", "satisfaction", "on_time")]
    if counts.place.is_unit:
        return [_count(counts, "assigned"), *rates, _rate(counts, "handling_days")]
    return [_people(counts), _count(counts, "accepted"), *rates]


def flow(counts: Counts) -> list[Part]:
    """收集 → 交办 → 答复 → 转交 → 办结: how far the cases of the period have come."""
    return _parts(counts, FLOW)


def story(counts: Counts) -> Story:
    """The paragraph over what the board shows, with the date it speaks of."""
    head = Headline(counts.numbers)
    n = head.numbers
    words = (
        f"{counts.choice.period.words}，党代表常规约见{n['regular_attendances']}人次，"
        f"主题约见{n['themed_held']}场，集中约见{n['collective_held']}场，约见党员群众{head.people_met}人次，"
        f"现场处理和答复{n['onsite_handled']}件；收集建议意见{n['accepted']}件，已办结{n['closed']}件，"
        f"办结率{percent_words(head.closing_rate)}；群众和党代表满意率（含基本满意）"
        f"{percent_words(head.satisfaction_rate)}（有效评价{head.satisfaction_n}份）。"
    )
    return Story(words, tuple(_parts(counts, TOLD)))


def _parts(counts: Counts, keys: Iterable[str]) -> list[Part]:
    return [_part(key, counts.numbers, counts.link(key)) for key in keys]


def _parts_before(counts: Counts, keys: Iterable[str]) -> tuple[Part, ...]:
    assert counts.before is not None
    assert counts.choice.before
    span, where = counts.choice.before.span, counts.place.where
    return tuple(_part(key, counts.before, link(key, span, where)) for key in keys)


def _part(key: str, numbers: Numbers, url: str) -> Part:
    """The words of a rating measure name round and aspect first; beside its rate the last one says enough."""
    return Part(MEASURES[key].label.split("·")[-1], numbers[key], MEASURES[key].unit, url)


def _count(counts: Counts, key: str) -> Big:
    measure, number = MEASURES[key], counts.numbers[key]
    return Big(measure.label, f"{number:,}", measure.unit, counts.link(key), (), _difference(counts, (key,)))


def _people(counts: Counts) -> Big:
    """约见党员群众人次: people over visits, and the headcount of events."""
    number = Headline(counts.numbers).people_met
    return Big(
        "约见党员群众", f"{number:,}", "人次", "", tuple(_parts(counts, PEOPLE_MET)), _difference(counts, PEOPLE_MET)
    )


def _rate(counts: Counts, key: str) -> Big:
    ratio, found = RATIOS[key], value(counts.numbers, key)
    keys = (ratio.numerator, ratio.denominator)
    words = "—" if found.rate is None else f"{found.rate}"
    unit = "" if found.rate is None else "天" if ratio.is_mean else "%"
    return Big(ratio.label, words, unit, "", tuple(_parts(counts, keys)), _rate_change(counts, key, found.rate))


def _difference(counts: Counts, keys: tuple[str, ...]) -> Change | None:
    if counts.before is None or counts.choice.before is None:
        return None
    difference = sum(counts.numbers[key] - counts.before[key] for key in keys)
    return Change(_compared(counts.choice.before.label, "多", "少", difference, ""), _parts_before(counts, keys))


def _rate_change(counts: Counts, key: str, rate: Decimal | None) -> Change | None:
    if counts.before is None or counts.choice.before is None:
        return None
    ratio, label, earlier = RATIOS[key], counts.choice.before.label, value(counts.before, key).rate
    parts = _parts_before(counts, (ratio.numerator, ratio.denominator))
    if rate is None or earlier is None:
        return Change(f"{label}没有可比的数", parts)
    words = _compared(label, "高", "低", rate - earlier, " 天" if ratio.is_mean else " 个百分点")
    return Change(words, parts)


def _compared(label: str, more: str, less: str, difference: Decimal | int, unit: str) -> str:
    if not difference:
        return f"与{label}持平"
    return f"比{label}{more if difference > 0 else less} {abs(difference):,}{unit}"
