"""征询意见表: how the representative and the petitioner rate the reply, on paper; the liaison enters it.

It carries no code: the public page on which a petitioner rates by token does not exist yet.
"""

from appointments.papers.form import Cell, Line, Paper, choice
from studios.clocks import words
from suggestions.answers import Answer, newest_answers
from suggestions.documents.people import petitioners_of
from suggestions.enums import Evaluator, Rating, ResultClass
from suggestions.models import Evaluation, Suggestion

WAYS = (("", "见面"), ("", "电话"), ("", "书面"), ("", "未联系"))
SUMMARY, SHORTEST = 160, 50
"""Characters of the replies that fit on the page together, and the fewest that tell anything."""
SIGNATURES = ("评价人（签名）", "工作室联络员（签名）", "填表日期")


def survey_paper(case: Suggestion, *, is_full: bool) -> Paper:
    """For the newest reply, of every unit where several share the case, with what has been rated already.

    The petitioners stand in it masked unless `is_full`.
    """
    answers = newest_answers(case)
    number = answers[-1].reply.round  # the catalogue offers it after the reply only
    people, studio = petitioners_of(case, is_full=is_full), case.studio
    phone = f"，电话 {studio.phone}" if studio and studio.phone else ""
    back = f"请交回{studio.name}{phone}" if studio else f"请交回{case.delegation.name}"
    until = f"，{words(case.evaluation_due_on)}前有效" if case.evaluation_due_on else ""
    units = list(dict.fromkeys(answer.unit.name for answer in answers))
    rated = {row.evaluator: row for row in case.evaluations.all() if row.round == number}
    lines = [
        Line([Cell("标题", case.title)]),
        Line([Cell("党代表", case.representative.name), Cell("代表队", case.delegation.short_name)]),
        Line([Cell("提出人", people.names or "不愿透露"), Cell("联系电话", people.phones or "未留")]),
        Line([Cell("承办单位", "、".join(units)), Cell("办理次数", f"第 {number} 次")]),
        *(line for answer in answers for line in _answered(answer, share=len(units))),
        Line([Cell("承办单位联系方式", "　".join(f"□{label}" for _value, label in WAYS))]),
        *(line for evaluator in Evaluator for line in _asked(evaluator, rated.get(evaluator))),
        Line([Cell("怎样交回", f"{back}{until}；不满意的请写明理由")]),
    ]
    return Paper(
        "建议意见办理情况征询意见表", case.number, studio.name if studio else case.delegation.name, lines, SIGNATURES
    )


def _asked(evaluator: Evaluator, rated: Evaluation | None) -> list[Line]:
    """Two rows of three boxes and room for a reason; ticked where the rating has been entered."""
    who, attitude, outcome = evaluator.label, rated.attitude if rated else "", rated.outcome if rated else ""
    boxes = f"态度　{choice(Rating.choices, attitude)}\n结果　{choice(Rating.choices, outcome)}"
    return [Line([Cell(f"{who}评价", boxes)]), Line([Cell(f"{who}意见", rated.reason if rated else "")], rules=2)]


def _answered(answer: Answer, share: int) -> list[Line]:
    """What came of it and the gist of the reply; under its unit where several share the page."""
    result = ResultClass(answer.reply.result_class).label
    if share == 1:
        return [Line([Cell("办理结果", result)]), Line([Cell("答复摘要", _summary(answer.reply.text, SUMMARY))])]
    text = _summary(answer.reply.text, max(SUMMARY // share, SHORTEST))
    return [Line([Cell(f"{answer.unit.short_name}答复", f"{result}\n{text}")])]


def _summary(text: str, length: int) -> str:
    flat = "".join(text.split())
    return flat if len(flat) <= length else f"{flat[:length]}……"
