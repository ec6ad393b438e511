"""States, verbs and words of suggestions (domain.md §6)."""

from django.db import models


class State(models.TextChoices):
    DRAFT = "DRAFT", "草稿"
    SUBMITTED = "SUBMITTED", "待受理"
    RETURNED = "RETURNED", "退回补充"
    REJECTED = "REJECTED", "不予受理"
    ACCEPTED = "ACCEPTED", "待交办"
    ESCALATED = "ESCALATED", "已上报·待交办"
    ASSIGNED = "ASSIGNED", "待签收"
    HANDLING = "HANDLING", "办理中"
    REPLY_REVIEW = "REPLY_REVIEW", "已答复·待转交"
    AWAIT_EVALUATION = "AWAIT_EVALUATION", "待评价"
    CLOSED = "CLOSED", "已办结"
    MERGED = "MERGED", "已并案"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class Verb(models.TextChoices):
    SUBMIT = "submit", "提交"
    RETURN_TO_AUTHOR = "return_to_author", "退回补充"
    REJECT = "reject", "不予受理"
    ACCEPT = "accept", "受理"
    ESCALATE = "escalate", "上报党联办"
    SEND_DOWN = "send_down", "退回代表队"
    ASSIGN = "assign", "交办"
    RECALL = "recall", "撤回交办"
    SIGN = "sign", "签收"
    REQUEST_RETURN = "request_return", "申请退办"
    APPROVE_RETURN = "approve_return", "同意退办"
    DENY_RETURN = "deny_return", "不同意退办"
    REQUEST_EXTENSION = "request_extension", "申请延期"
    APPROVE_EXTENSION = "approve_extension", "同意延期"
    DENY_EXTENSION = "deny_extension", "不同意延期"
    RECORD_CONTACT = "record_contact", "登记联系"
    CONSULT = "consult", "征询代表意见"
    GIVE_OPINION = "give_opinion", "答复征询"
    COUNTERSIGN = "countersign", "会签"
    WAIVE = "waive", "免会签"
    REPLY_PART = "reply_part", "答复分办部分"
    REPLY = "reply", "答复"
    RETURN_REPLY = "return_reply", "退回修改"
    FORWARD = "forward", "转交"
    EVALUATE = "evaluate", "评价"
    CLOSE = "close", "办结"
    REDO = "redo", "要求重办"
    RULE = "rule", "裁定"
    MERGE = "merge", "并案"
    WITHDRAW = "withdraw", "撤回建议"
    FULFIL = "fulfil", "兑现承诺"


class Capacity(models.TextChoices):
    """In what capacity somebody stands before one case; several may hold at once."""

    LIAISON = "LIAISON", "联络员"
    REPRESENTATIVE = "REPRESENTATIVE", "提出建议的党代表"
    DELEGATION_OFFICE = "DELEGATION_OFFICE", "代表队"
    DELEGATION_ASSIGNER = "DELEGATION_ASSIGNER", "交办的代表队"
    COUNTY_OFFICE = "COUNTY_OFFICE", "党联办"
    COUNTY_ASSIGNER = "COUNTY_ASSIGNER", "交办的党联办"
    ASSIGNEE = "ASSIGNEE", "承办单位"
    CO_UNIT = "CO_UNIT", "会办单位"
    SYSTEM = "SYSTEM", "系统"


class Level(models.TextChoices):
    """Whose matter it is, and who assigned it."""

    TOWN = "TOWN", "本镇"
    COUNTY = "COUNTY", "县级"


class Complexity(models.TextChoices):
    SIMPLE = "SIMPLE", "简单"
    COMPLEX = "COMPLEX", "复杂"


class AssignmentKind(models.TextChoices):
    LEAD = "LEAD", "主办"
    CO = "CO", "会办"
    SPLIT = "SPLIT", "分办"


ANSWERING = frozenset({AssignmentKind.LEAD, AssignmentKind.SPLIT})
"""Who writes a reply, or a part of it; a 会办 unit countersigns."""


class AssignmentStatus(models.TextChoices):
    ACTIVE = "ACTIVE", "有效"
    RECALLED = "RECALLED", "已撤回"
    RETURNED = "RETURNED", "已退办"
    FINISHED = "FINISHED", "上一轮"


class ContactParty(models.TextChoices):
    REPRESENTATIVE = "REPRESENTATIVE", "党代表"
    PETITIONER = "PETITIONER", "群众"


class ContactMethod(models.TextChoices):
    FACE_TO_FACE = "FACE_TO_FACE", "见面"
    PHONE = "PHONE", "电话"
    MESSAGE = "MESSAGE", "微信或短信"
    LETTER = "LETTER", "书面"
    VIA_REPRESENTATIVE = "VIA_REPRESENTATIVE", "通过代表"


class Opinion(models.TextChoices):
    AGREE = "AGREE", "同意"
    DISAGREE = "DISAGREE", "不同意"


class OpinionSource(models.TextChoices):
    REPRESENTATIVE = "REPRESENTATIVE", "代表本人填写"
    UNIT = "UNIT", "承办单位代记"


class ResultClass(models.TextChoices):
    A = "A", "A 已解决"
    B = "B", "B 正在解决或已列入计划"
    C = "C", "C 暂不具备条件"
    D = "D", "D 留作参考"


class Adoption(models.TextChoices):
    ADOPTED = "ADOPTED", "采纳"
    PARTLY = "PARTLY", "部分采纳"
    NOT = "NOT", "未采纳"


class Disclosure(models.TextChoices):
    FULL = "FULL", "全文公开"
    SUMMARY = "SUMMARY", "摘要公开"
    NONE = "NONE", "不公开"


class ReplyStatus(models.TextChoices):
    SUBMITTED = "SUBMITTED", "待审核"
    RETURNED = "RETURNED", "已退回修改"
    FORWARDED = "FORWARDED", "已转交"


class Evaluator(models.TextChoices):
    REPRESENTATIVE = "REPRESENTATIVE", "党代表"
    PETITIONER = "PETITIONER", "群众"


class EvaluationSource(models.TextChoices):
    ONLINE = "ONLINE", "本人网上填写"
    PAPER = "PAPER", "纸质征询意见表"


class Rating(models.TextChoices):
    SATISFIED = "SATISFIED", "满意"
    BASIC = "BASIC", "基本满意"
    UNSATISFIED = "UNSATISFIED", "不满意"


class RejectReason(models.TextChoices):
    NOT_A_SUGGESTION = "NOT_A_SUGGESTION", "不属于建议意见"
    LITIGATION = "LITIGATION", "属诉讼、仲裁、信访法定渠道"
    DUPLICATE = "DUPLICATE", "重复提出且已答复"
    PERSONAL = "PERSONAL", "纯属个人权益，另行引导"
    UNCLEAR = "UNCLEAR", "事项不明且无法补充"


class RequestKind(models.TextChoices):
    RETURN = "RETURN", "退办"
    EXTENSION = "EXTENSION", "延期"


class RequestState(models.TextChoices):
    WAITING = "WAITING", "待审批"
    APPROVED = "APPROVED", "已同意"
    DENIED = "DENIED", "未同意"
    LAPSED = "LAPSED", "已失效"


class SupervisionKind(models.TextChoices):
    URGED = "URGED", "催办"
    SUPERVISED = "SUPERVISED", "督办"
    LISTED = "LISTED", "挂牌督办"


class Ruling(models.TextChoices):
    """How the county office settles a second round somebody is still unsatisfied with."""

    EXPLAINED = "EXPLAINED", "解释说明"
    LISTED = "LISTED", "挂牌督办"


class JobState(models.TextChoices):
    """A recomputation of deadlines, cut into chunks: what it has done so far is in its row."""

    PENDING = "PENDING", "等待重算"
    RUNNING = "RUNNING", "正在重算"
    DONE = "DONE", "已完成"


HANDLING_STATES = frozenset({State.ASSIGNED, State.HANDLING})
"""The handling clock is running."""

OFFICE_STATES = frozenset({State.SUBMITTED, State.ACCEPTED, State.ESCALATED, State.REPLY_REVIEW})
"""The next step is an office's."""

OPEN_STATES = HANDLING_STATES | OFFICE_STATES | {State.RETURNED, State.AWAIT_EVALUATION}

UNFINISHED_STATES = OPEN_STATES | {State.DRAFT}
"""What somebody still works on: counted on the tabs, and few beside the closed ones."""

TAKES_IN_STATES = frozenset({State.ACCEPTED, State.ESCALATED, State.ASSIGNED, State.HANDLING, State.REPLY_REVIEW})
"""Another case may be merged into one that stands here: accepted, and not yet relayed for evaluation."""

DROPPED_STATES = frozenset({State.WITHDRAWN, State.REJECTED})
"""Left out of every statistic (domain.md §8)."""

CONTENTED = frozenset({Rating.SATISFIED, Rating.BASIC})
MAX_ROUNDS = 2
