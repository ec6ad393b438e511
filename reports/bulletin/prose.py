"""The results paragraphs in the words of the office: numbers in, sentences out. No queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.bulletin.paper import Line, Piece, joined, line
from reports.bulletin.reach import Counted
from reports.headline import KEYS, Headline
from reports.stats import MEASURES, keys_of, value
from studios.rates import percent, percent_words
from suggestions.measures import Said, rating_key

EVALUATED, UNSATISFIED = rating_key(Said.EVALUATED), rating_key(Said.UNSATISFIED)
NOTHING = "—"
TOP = 3
LEAST_REPLIED = 5
"""So many replies a unit has given before it is commended for them."""
TROUBLES = ("overdue", UNSATISFIED, "handed_back", "unconfirmed", "studios_failing")
EARLIER_KEYS = tuple(dict.fromkeys((*KEYS, *keys_of("participation", "on_time"))))
"""What is compared, and what says that there was anything at all."""
STORY_KEYS = tuple(dict.fromkeys((*EARLIER_KEYS, "designated_held", *keys_of("presence", "reply"), *TROUBLES)))
UNIT_KEYS = tuple(dict.fromkeys(("accepted", "closed", *keys_of("reply", "on_time", "satisfaction"), UNSATISFIED)))


@dataclass(frozen=True)
class Earlier:
    """What the numbers are compared with, and how people call it: 上季度, 上年同期."""

    ago: str
    counted: Counted

    @property
    def is_empty(self) -> bool:
        """Nothing at all was recorded then: there is nothing to compare with."""
        return not any(self.counted.numbers[key] for key in KEYS)


@dataclass(frozen=True)
class Story:
    """The numbers of a term beside earlier ones."""

    now: Counted
    earlier: Sequence[Earlier] = ()

    def told(self, key: str) -> Line:
        """12 件（比上季度增加 3 件，比上年同期持平）."""
        return line(self.now.number(key), f" {MEASURES[key].unit}", self._compared(key))

    def rated(self, ratio: str) -> Line:
        """77.07%（比上季度提高 1.20 个百分点）."""
        phrases = [rate_change(earlier, self.now, ratio) for earlier in self.earlier if not earlier.is_empty]
        said = value(self.now.numbers, ratio).rate is not None and any(phrases)
        return line(self.now.rate(ratio), *(("（", joined([p for p in phrases if p], "，"), "）") if said else ()))

    def _compared(self, key: str) -> Line:
        phrases = [change(earlier, self.now, key) for earlier in self.earlier]
        return line("（", joined(phrases, "，"), "）") if phrases else ()


def change(earlier: Earlier, now: Counted, key: str) -> Line:
    """比上季度增加 12 件; the number leads to the rows of then. — where nothing was recorded then."""
    if earlier.is_empty:
        return line(f"比{earlier.ago} {NOTHING}")
    difference = now.numbers[key] - earlier.counted.numbers[key]
    if not difference:
        return line(f"与{earlier.ago}持平")
    word = "增加" if difference > 0 else "减少"
    then = Piece(str(abs(difference)), earlier.counted.number(key).url)
    return line(f"比{earlier.ago}{word} ", then, f" {MEASURES[key].unit}")


def rate_change(earlier: Earlier, now: Counted, ratio: str) -> Line:
    """比上季度提高 1.20 个百分点; nothing where one of the two has no basis."""
    here, then = value(now.numbers, ratio).rate, value(earlier.counted.numbers, ratio).rate
    if here is None or then is None:
        return ()
    if here == then:
        return line(f"与{earlier.ago}持平")
    points = Piece(str(abs(here - then)), earlier.counted.rate(ratio).url)
    return line(f"比{earlier.ago}{'提高' if here > then else '下降'} ", points, " 个百分点")


def overview(story: Story) -> list[Line]:
    """The results paragraphs: 约见接访, 党代表到岗, 建议意见, 群众评价."""
    now = story.now
    people = Headline(now.numbers).people_met
    return [
        line(
            *("约见接访。党代表参加常规约见 ", story.told("regular_attendances")),
            *("；举办主题约见 ", now.number("themed_held"), " 场、集中约见 ", now.number("collective_held")),
            *(" 场、指定约见 ", now.number("designated_held"), " 场。接访群众 ", story.told("people_received")),
            *("，活动现场约见 ", now.number("events_with_people"), f" 人次，共约见党员群众 {people} 人次；"),
            *("现场处理和答复 ", story.told("onsite_handled"), "。"),
        ),
        line(
            *("到岗情况。应到党代表 ", now.number("expected"), " 人次，到岗 ", now.number("present")),
            *(" 人次，约见参与率 ", story.rated("participation"), "；不计请假的到岗率 ", now.rate("presence"), "。"),
        ),
        line(
            *("建议意见。收集建议意见 ", story.told("accepted"), "，已办结 ", story.told("closed")),
            *("，办结率 ", story.rated("closing"), "。已交办 ", now.number("assigned"), " 件，已答复 "),
            *(now.number("replied"), " 件，答复率 ", now.rate("reply"), "；应答复 ", now.number("judged")),
            *(" 件，按时答复率 ", story.rated("on_time"), "。"),
        ),
        line(
            *("群众和代表评价。收到有效评价 ", now.number(EVALUATED), " 份，满意率（含基本满意）"),
            *(story.rated("satisfaction"), "。"),
        ),
    ]


def top_categories(counted: Sequence[tuple[str, Counted]], whole: Counted) -> Line:
    """居前的类别是道路交通 12 件（占 30.00%）、…, the most first, equals in the order of the form."""
    ranked = top_of(counted)
    if not ranked:
        return line("本期没有受理建议意见。")
    total = whole.numbers["accepted"]
    phrases = [
        line(f"{label} ", part.number("accepted"), " 件（占 ", share(part, total), "）") for label, part in ranked
    ]
    opening = f"居前{'两三'[len(ranked) - 2]}位的是" if len(ranked) > 1 else "全部属于"
    return line("收集的建议意见 ", whole.number("accepted"), f" 件中，{opening}", joined(phrases), "。")


def top_of(counted: Sequence[tuple[str, Counted]]) -> list[tuple[str, Counted]]:
    """The three categories with the most cases, without empty ones."""
    filled = [item for item in counted if item[1].numbers["accepted"]]
    return sorted(filled, key=lambda item: -item[1].numbers["accepted"])[:TOP]


def share(part: Counted, total: int) -> Piece:
    """What part of all accepted cases these are."""
    return Piece(percent_words(percent(part.numbers["accepted"], total)), part.number("accepted").url)


def overdue_units(units: Sequence[tuple[str, Counted]], whole: Counted, until: str) -> Line:
    """逾期通报: who still owes how many replies, the most first."""
    late = sorted((item for item in units if item[1].numbers["overdue"]), key=lambda item: -item[1].numbers["overdue"])
    if not late:
        return line(f"逾期通报。截至{until}，没有逾期未答复的建议意见。")
    phrases = [line(f"{name} ", part.number("overdue"), " 件") for name, part in late]
    return line(
        f"逾期通报。截至{until}，历次受理的建议意见中逾期未答复 ",
        whole.number("overdue"),
        " 件：",
        joined(phrases),
        "。",
    )


def commended_units(units: Sequence[tuple[str, Counted]]) -> Line:
    """办理较好的单位: enough replies, every one in time, nobody unsatisfied."""
    good = [item for item in units if is_commendable(item[1])]
    rule = f"已答复不少于 {LEAST_REPLIED} 件、全部按时答复且没有不满意评价的单位"
    if not good:
        return line(f"办理较好。本期没有{rule}。")
    good.sort(key=lambda item: -item[1].numbers["replied"])
    phrases = [line(f"{name}（答复 ", part.number("replied"), " 件）") for name, part in good]
    return line(f"办理较好。{rule}：", joined(phrases), "。")


def is_commendable(unit: Counted) -> bool:
    """Whether a unit is to be commended."""
    numbers = unit.numbers
    all_in_time = numbers["on_time"] == numbers["judged"]
    return numbers["replied"] >= LEAST_REPLIED and all_in_time and not numbers[UNSATISFIED]


def troubles(now: Counted, standing: Counted) -> Line:
    """What went wrong, as far as the numbers tell; `standing` has the overdue cases of all terms."""
    told = {
        "overdue": (standing, "逾期未答复的建议意见", "件"),
        UNSATISFIED: (now, "不满意的评价", "份"),
        "handed_back": (now, "交办后退办", "次"),
        "unconfirmed": (now, "没有登记到岗情况的值班", "人次"),
        "studios_failing": (now, "不达标的工作室", "个"),
    }
    phrases = [
        line(f"{words} ", counted.number(key), f" {unit}")
        for key, (counted, words, unit) in told.items()
        if counted.numbers[key]
    ]
    if not phrases:
        return line("本期没有逾期未答复、不满意评价、退办、漏登到岗和不达标的工作室。")
    return line("从数据看，还有", joined(phrases), "。")
