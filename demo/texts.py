"""What people bring, in invented words: category, the county unit that handles it, the matter."""

from typing import NamedTuple

from appointments.enums import Category


class Text(NamedTuple):
    """`matter` and `measure` name the village as {place}."""

    category: Category
    unit: str
    matter: str
    measure: str


TEXTS = (
    Text(
        Category.ROADS,
        "交通运输局",
        "{place}通往学校的路坑洼积水，老人孩子出行不便，建议修补",
        "列入养护计划，先填坑后罩面",
    ),
    Text(
        Category.ROADS,
        "交通运输局",
        "{place}桥头护栏缺损，晚上看不清，建议更换并加装反光标志",
        "更换护栏，加装反光标志",
    ),
    Text(
        Category.ROADS,
        "交通运输局",
        "{place}公交末班车太早，下晚班的工人赶不上，建议推迟一班",
        "调整班次，试运行一个月",
    ),
    Text(
        Category.HOUSING, "住房和城乡建设局", "{place}老小区下水管经常堵，雨天倒灌，建议改造管网", "勘察管网，分段改造"
    ),
    Text(
        Category.HOUSING,
        "住房和城乡建设局",
        "{place}安置房电梯常停，老人上下楼困难，建议督促维保",
        "约谈维保单位，限期整改",
    ),
    Text(Category.WATER, "水利局", "{place}灌溉渠淤塞，插秧时水上不来，建议清淤", "秋收后组织清淤"),
    Text(Category.WATER, "农业农村局", "{place}种粮大户烘干难，建议增设烘干点", "纳入农机购置补贴计划"),
    Text(Category.ENVIRONMENT, "生态环境局", "{place}小河有异味，上游有小作坊排水，建议查处", "现场采样，责令停排"),
    Text(Category.ENVIRONMENT, "城市管理局", "{place}垃圾清运不及时，夏天气味大，建议增加班次", "每日增加一次清运"),
    Text(Category.EDUCATION, "教育体育局", "{place}小学放学时门口拥堵，建议错时放学并划接送区", "会同公安划定接送区"),
    Text(
        Category.EDUCATION, "文化广电和旅游局", "{place}文化礼堂晚上不开，建议延长开放时间", "安排志愿者值守到晚上九点"
    ),
    Text(
        Category.HEALTH,
        "卫生健康委员会",
        "{place}卫生室常用药不全，慢性病人要跑镇上，建议补齐",
        "增补药品目录，每周配送",
    ),
    Text(Category.HEALTH, "医疗保障局", "{place}外出务工人员异地报销手续看不懂，建议上门讲一次", "组织一次政策宣讲"),
    Text(Category.WELFARE, "民政局", "{place}独居老人午饭没着落，建议办助餐点", "选址办助餐点，先送餐上门"),
    Text(Category.WELFARE, "残疾人联合会", "{place}村部没有无障碍坡道，轮椅上不去，建议加装", "列入本季度改造名单"),
    Text(
        Category.EMPLOYMENT,
        "人力资源和社会保障局",
        "{place}留守妇女想就近做工，建议开办技能培训",
        "开设家政和缝纫培训班",
    ),
    Text(Category.EMPLOYMENT, "商务局", "{place}电商卖农产品不会做包装，建议派人指导", "派电商辅导员驻点"),
    Text(Category.SAFETY, "公安局", "{place}路口没有信号灯，出过擦碰，建议装灯", "先装爆闪灯，再报批信号灯"),
    Text(Category.SAFETY, "应急管理局", "{place}废品收购点堆放杂乱，担心失火，建议整治", "限期清理，配灭火器"),
    Text(Category.PARTY, "县委组织部", "{place}流动党员多，过组织生活难，建议开线上课堂", "开通线上主题党日"),
    Text(Category.OTHER, "市场监督管理局", "{place}集市短斤少两，建议放公平秤", "设公平秤并公示电话"),
    Text(Category.OTHER, "供电公司", "{place}夏天电压不稳，空调带不动，建议增容", "安排变压器增容"),
)
MORE_UNITS = ("自然资源和规划局", "财政局", "司法局")
ANSWERS = ("当场解释了政策，来访人表示理解", "已电话联系村里，当天处理", "已告知办理地点和所需材料", "现场协调解决")
THEMES = ("农村人居环境", "稳就业促增收", "乡村道路安全", "养老服务", "营商环境", "秸秆综合利用", "饮水安全")
