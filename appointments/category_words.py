"""What a matter is about, guessed from the words people type. It only preselects; a person's choice stands."""

from appointments.enums import Category

WORDS: dict[Category, tuple[str, ...]] = {
    Category.ROADS: ("道路", "路面", "路灯", "坑洼", "公交", "红绿灯", "停车", "桥", "堵车", "交通", "斑马线"),
    Category.HOUSING: ("住房", "房屋", "拆迁", "物业", "小区", "电梯", "漏水", "违建", "燃气", "下水道", "危房"),
    Category.WATER: ("农田", "灌溉", "水渠", "河道", "排涝", "泵站", "自来水", "水利", "农业", "种植", "养殖"),
    Category.ENVIRONMENT: ("垃圾", "污染", "污水", "噪音", "噪声", "臭", "油烟", "扬尘", "环境", "绿化", "焚烧"),
    Category.EDUCATION: ("学校", "上学", "入学", "幼儿园", "老师", "学生", "培训班", "图书", "广场舞", "健身", "文化"),
    Category.HEALTH: ("医院", "看病", "医保", "报销", "卫生室", "药", "医生", "疫苗", "住院", "体检"),
    Category.WELFARE: ("低保", "养老", "社保", "残疾", "救助", "五保", "抚恤", "退役", "补贴", "老年", "敬老"),
    Category.EMPLOYMENT: ("就业", "工资", "欠薪", "找工作", "失业", "创业", "招工", "务工", "贷款", "劳动合同"),
    Category.SAFETY: ("治安", "偷", "诈骗", "打架", "监控", "消防", "安全隐患", "赌博", "噪声扰民", "电动车充电"),
    Category.PARTY: ("党员", "党费", "党组织", "支部", "组织关系", "入党", "党课", "作风", "村务公开"),
}
"""Words of each category; a text belongs where most of them are found."""


def guess_category(text: str) -> Category | None:
    """The category most of whose words `text` holds; among equals the one whose word comes first. None: no word."""
    found = [
        (sum(word in text for word in words), -min(text.find(word) for word in words if word in text), category)
        for category, words in WORDS.items()
        if any(word in text for word in words)
    ]
    return max(found, key=lambda item: item[:2])[2] if found else None
