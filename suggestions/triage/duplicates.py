"""How alike two matters are, and why: character pairs of title and text, place and category. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

TITLE_WEIGHT, TEXT_WEIGHT = 0.6, 0.4
OTHER_PLACE, UNKNOWN_VILLAGE, OTHER_CATEGORY = 0.55, 0.9, 0.9
LIKELY = 0.5
"""From here on two cases are shown to each other; the same words about another village stay below."""

FEWEST_CHARACTERS, MUCH = 4, 0.6


def pairs(text: str) -> frozenset[str]:
    """The neighbouring characters of `text` two by two; punctuation and case do not count."""
    letters = "".join(sign for sign in text.lower() if sign.isalnum())
    return frozenset(letters[at : at + 2] for at in range(max(len(letters) - 1, 1))) if letters else frozenset()


@dataclass(frozen=True)
class Matter:
    """What is compared of one case; `village` is empty where the studio has none."""

    key: int
    title: str
    content: str
    category: str
    town: int
    village: str

    @cached_property
    def title_pairs(self) -> frozenset[str]:
        return pairs(self.title)

    @cached_property
    def content_pairs(self) -> frozenset[str]:
        return pairs(self.content)


@dataclass(frozen=True)
class Likeness:
    """`score` from 0 (nothing in common) to 1 (the same), and the facts behind it in words."""

    score: float
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        return "，".join(self.reasons)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The mean of what they share of both together and of the smaller one: a part of a long text still counts."""
    if not one or not other:
        return float(one == other)
    shared = len(one & other)
    return (shared / len(one | other) + shared / min(len(one), len(other))) / 2


def likeness(one: Matter, other: Matter) -> Likeness:
    """Symmetric; 1 for the same words about the same place in the same category."""
    title = overlap(one.title_pairs, other.title_pairs)
    content = overlap(one.content_pairs, other.content_pairs)
    place, place_words = _place(one, other)
    is_same_category = one.category == other.category
    score = (TITLE_WEIGHT * title + TEXT_WEIGHT * content) * place * (1 if is_same_category else OTHER_CATEGORY)
    length = longest_run(one.title, other.title)
    reasons = [
        f"标题有 {length} 字相同" if length >= FEWEST_CHARACTERS else "",
        f"内容 {content:.0%} 相同" if content >= MUCH else "",
        place_words,
        "同类别" if is_same_category else "",
    ]
    return Likeness(min(score, 1.0), tuple(filter(None, reasons)))


def longest_run(one: str, other: str) -> int:
    """The length of the longest piece of text that stands in both."""
    best, row = 0, [0] * (len(other) + 1)
    for left in one:
        previous, row = row, [0] * (len(other) + 1)
        for at, right in enumerate(other, start=1):
            if left == right:
                row[at] = previous[at - 1] + 1
                best = max(best, row[at])
    return best


def shortlists(rows: Iterable[Matter], titles: Iterable[tuple[int, str]], size: int) -> dict[int, list[int]]:
    """For each of `rows` by key the keys of those `titles` that share most pairs with its own, at least a third.

    One pass over `titles`, however many rows there are: this is what keeps a large county quick.
    """
    rows = list(rows)
    asking: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for pair in row.title_pairs:
            asking[pair].append(row.key)
    shared: dict[int, Counter[int]] = {row.key: Counter() for row in rows}
    for key, title in titles:
        for pair in pairs(title):
            for row_key in asking.get(pair, ()):
                shared[row_key][key] += 1
    return {row.key: _most(shared[row.key], row, size) for row in rows}


def _most(shared: Counter[int], row: Matter, size: int) -> list[int]:
    del shared[row.key]
    enough = len(row.title_pairs) / 3
    found = [key for key, number in shared.items() if number >= enough]
    return sorted(found, key=lambda key: (-shared[key], -key))[:size]


def _place(one: Matter, other: Matter) -> tuple[float, str]:
    if one.town != other.town:
        return OTHER_PLACE, ""
    if one.village == other.village:
        return 1, "同村" if one.village else "同镇"
    return (OTHER_PLACE if one.village and other.village else UNKNOWN_VILLAGE), "同镇"
