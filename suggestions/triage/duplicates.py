"""How alike two matters are, and why: character pairs of title and text, place and category. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import pairwise

TITLE_WEIGHT, TEXT_WEIGHT = 0.6, 0.4
OTHER_PLACE, UNKNOWN_VILLAGE, OTHER_CATEGORY = 0.55, 0.9, 0.9
LIKELY = 0.5
"""From here on two cases are shown to each other; the same words about another village stay below."""

PUNCTUATION = re.compile(r"[\W_]+")
FEWEST_CHARACTERS, MUCH = 4, 0.6


def pairs(text: str) -> frozenset[str]:
    """The neighbouring characters of `text` two by two; punctuation and case do not count."""
    letters = PUNCTUATION.sub("", text.lower())
    return frozenset([one + other for one, other in pairwise(letters)] or letters)


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


def score_of(one: Matter, other: Matter) -> float:
    """Symmetric, from 0 to 1; 1 for the same words about the same place in the same category."""
    title = overlap(one.title_pairs, other.title_pairs)
    content = overlap(one.content_pairs, other.content_pairs)
    place, _words = _place(one, other)
    category = 1 if one.category == other.category else OTHER_CATEGORY
    return min((TITLE_WEIGHT * title + TEXT_WEIGHT * content) * place * category, 1.0)


def likeness(one: Matter, other: Matter) -> Likeness:
    """The score with its reasons; finding the words for it costs more than the score."""
    content = overlap(one.content_pairs, other.content_pairs)
    length = longest_run(one.title, other.title)
    reasons = [
        f"标题有 {length} 字相同" if length >= FEWEST_CHARACTERS else "",
        f"内容 {content:.0%} 相同" if content >= MUCH else "",
        _place(one, other)[1],
        "同类别" if one.category == other.category else "",
    ]
    return Likeness(score_of(one, other), tuple(filter(None, reasons)))


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

    Every pair the rows use is one bit, so that comparing two titles is one operation on two numbers: this is what
    keeps a large county quick.
    """
    bits: dict[str, int] = {}
    masks = {row.key: _mask(row.title_pairs, bits, is_open=True) for row in rows}
    others = [(_mask(pairs(title), bits), key) for key, title in titles]
    return {key: _nearest(key, mask, others, size) for key, mask in masks.items()}


def _mask(found: frozenset[str], bits: dict[str, int], *, is_open: bool = False) -> int:
    """The number whose bits are the pairs `found`; `is_open`: a new pair gets a new bit, else it does not count."""
    if is_open:
        for pair in found:
            bits.setdefault(pair, 1 << len(bits))
    mask = 0
    for pair in found:
        mask |= bits.get(pair, 0)
    return mask


def _nearest(row: int, mask: int, others: list[tuple[int, int]], size: int) -> list[int]:
    enough = max(mask.bit_count() / 3, 1)
    near = ((shared, key) for other, key in others if (shared := (mask & other).bit_count()) >= enough)
    return [key for _shared, key in nlargest(size, ((shared, key) for shared, key in near if key != row))]


def _place(one: Matter, other: Matter) -> tuple[float, str]:
    if one.town != other.town:
        return OTHER_PLACE, ""
    if one.village == other.village:
        return 1, "同村" if one.village else "同镇"
    return (OTHER_PLACE if one.village and other.village else UNKNOWN_VILLAGE), "同镇"
