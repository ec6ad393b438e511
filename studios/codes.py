"""The next free code of a studio. Pure: the codes that exist are passed in."""

import re
from collections.abc import Collection
from itertools import count

NUMBERED = re.compile(r"^(?P<head>.*?)(?P<number>\d+)$", re.DOTALL)
FIRST = ("-", 2)


def next_code(*, own: Collection[str], taken: Collection[str], place: str) -> str:
    """A code that continues the numbers of a place: S007 and S009 → S010, unless `taken` in the county.

    `own` are the codes of the place; where none of them ends in a number, its first code is `place`-01.
    """
    numbered = [found for code in own if (found := NUMBERED.match(code))]
    if numbered:
        last = max(numbered, key=lambda found: int(found["number"]))
        head, width, start = last["head"], len(last["number"]), int(last["number"]) + 1
    else:
        head, width, start = f"{place}{FIRST[0]}", FIRST[1], 1
    return next(code for number in count(start) if (code := f"{head}{number:0{width}d}") not in taken)
