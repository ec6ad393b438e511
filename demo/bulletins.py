"""The words of the office in the bulletin of the last quarter that is over."""

from datetime import date

from accounts.enums import Role
from accounts.models import User
from demo.county import County
from reports.bulletin.terms import QUARTER, Term
from reports.models import BulletinText
from reports.services.bulletins import save_bulletin_text

PROBLEMS = "少数镇属单位答复只写措施、不写时限，代表回访时群众不清楚什么时候能办好。"
REQUIREMENTS = (
    "一是把值班日程提前公示到村。岁末年初群众在家时间多，各代表队要排足值班代表，请假的及时补位。",
    "二是集中清理将到期的建议意见。各承办单位对照清单倒排时间，先见面、再答复，不以电话代替见面。",
    "三是把反映集中的道路交通类问题一并研究。同一路段多次反映的，由主办单位牵头一次解决。",
)


def write_bulletins(county: County, today: date) -> None:
    """One bulletin with the office's own problems and requirements; the others print the general words."""
    term = Term.around(today, QUARTER).moved(-1)
    actor = User.objects.filter(memberships__role=Role.COUNTY_OFFICE, memberships__organization=county.root).earliest(
        "pk"
    )
    text = BulletinText(place=county.root, period=term.key, problems=PROBLEMS, requirements="\n".join(REQUIREMENTS))
    save_bulletin_text(text=text, label=term.label, actor=actor)
