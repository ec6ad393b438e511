"""Ready phrases (常用语) for 反映事项 and 答复情况: the county's own, or these where it has set none."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import Organization
from appointments.category_words import WORDS
from appointments.enums import Category, PhraseField
from appointments.models import PhraseChip

Texts = tuple[str, ...]

DEFAULTS: dict[Category, tuple[Texts, Texts]] = {
    Category.ROADS: (
        ("路面坑洼，下雨积水", "路灯不亮，晚上出行不便", "希望加设公交站点", "路口没有红绿灯，不安全"),
        ("已联系交通部门，近日派人查看", "已报修，今天修复"),
    ),
    Category.HOUSING: (
        ("房屋漏水，一直没有修好", "小区物业管理不到位", "咨询拆迁安置政策"),
        ("已说明安置政策，来访人表示理解", "已联系物业，三天内答复"),
    ),
    Category.WATER: (
        ("水渠堵塞，农田灌溉困难", "河道淤积，雨天排水慢", "自来水水压低"),
        ("已联系村里清淤", "已联系水务部门查看"),
    ),
    Category.ENVIRONMENT: (
        ("垃圾清运不及时", "附近企业排放异味", "夜间施工噪声大"),
        ("已联系保洁人员当天清理", "已请环保部门到现场查看"),
    ),
    Category.EDUCATION: (
        ("咨询子女入学条件", "希望增加健身器材", "上学路远，希望开通校车"),
        ("已说明入学政策和所需材料", "已向文体部门反映"),
    ),
    Category.HEALTH: (
        ("咨询医保报销比例", "村卫生室缺药", "看病路远不方便"),
        ("已说明医保报销办法和办理地点", "已联系卫生院补充药品"),
    ),
    Category.WELFARE: (
        ("咨询低保申请条件", "养老金没有按时到账", "老人无人照料，希望帮扶"),
        ("已说明申请条件和所需材料", "已联系民政部门上门核实"),
    ),
    Category.EMPLOYMENT: (
        ("被拖欠工资", "希望帮助找工作", "咨询创业贷款"),
        ("已联系劳动监察部门处理", "已提供招聘信息和联系电话"),
    ),
    Category.SAFETY: (
        ("村里没有监控，东西被偷", "楼道堆放杂物，有安全隐患", "接到疑似诈骗电话"),
        ("已联系派出所处理", "已提醒防范并告知报警电话"),
    ),
    Category.PARTY: (
        ("咨询党员组织关系转接", "反映村务公开不及时", "希望多组织党员活动"),
        ("已说明办理流程", "已请村党组织按时公开"),
    ),
    Category.OTHER: (
        ("咨询政策", "感谢帮助解决了问题"),
        ("已当场说明政策，来访人表示理解", "已联系有关人员，三天内回复来访人"),
    ),
}
"""By category: for 反映事项, for 答复情况. Those of 其他 fit everywhere."""


@dataclass(frozen=True)
class Phrases:
    """What one category offers, and the words a matter is recognised by."""

    category: Category
    matter: Texts
    answer: Texts

    @property
    def words(self) -> str:
        """For the page, which guesses while people type."""
        return " ".join(WORDS.get(self.category, ()))


def phrases_of(county: Organization | None) -> list[Phrases]:
    """Of every category, in their order (one query)."""
    own: dict[tuple[str, str], list[str]] = {}
    for chip in PhraseChip.objects.filter(county=county):
        own.setdefault((chip.category, chip.field), []).append(chip.text)
    return list(_merged(own))


def _merged(own: dict[tuple[str, str], list[str]]) -> Iterator[Phrases]:
    for category, (matter, answer) in DEFAULTS.items():
        yield Phrases(
            category,
            tuple(own.get((category, PhraseField.MATTER), matter)),
            tuple(own.get((category, PhraseField.ANSWER), answer)),
        )
