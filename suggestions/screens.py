"""The steps that have a screen: their form, their service, their words; and which are offered on one case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from studios.clocks import words
from suggestions import services
from suggestions.enums import AssignmentKind, State, Verb
from suggestions.forms import endings, handling, joint, rating, requests, steps
from suggestions.models import Suggestion
from suggestions.obstacles import obstacle
from suggestions.permissions import capacities
from suggestions.services.joint import charge_words
from suggestions.workflow import available

Done = Callable[[Suggestion], str]


@dataclass(frozen=True)
class Screen:
    """One step on screen. `is_direct`: nothing to fill in, the button stands on the case page itself."""

    form: type[steps.StepForm]
    service: Callable[..., Suggestion]
    button: str
    done: Done
    is_direct: bool = False
    warning: str = ""
    search: str = ""
    """What to look for on the page before choosing; empty where nothing has to be found."""


@dataclass(frozen=True)
class Action:
    """A step offered to one user on one case; `is_post` means the button acts at once."""

    label: str
    url: str
    is_post: bool = False
    is_danger: bool = False


def _say(sentence: str) -> Done:
    return lambda _case: sentence


def _due(case: Suggestion) -> str:
    if case.due_on is None:
        return ""
    found = charge_words([(row.unit, AssignmentKind(row.kind)) for row in case.assignments_in_force])
    return f"已交办{found}，请在{words(case.due_on)}前答复。"


def _extended(case: Suggestion) -> str:
    return f"已同意延期到{words(case.due_on)}，并告诉承办单位和党代表。" if case.due_on else ""


def _replied(case: Suggestion) -> str:
    if case.state == State.HANDLING:
        return "本单位部分已提交，等其他分办单位交齐后一并审核。"
    return "答复已提交，等待审核转交。"


MERGE_WARNING = "并案后由选中的那一件一并办理、一并答复；这一件的内容和提出人保留，答复后照样请他们评价。并案不能撤销。"
RECALL_WARNING = "承办单位尚未签收，撤回后回到“待交办”，期限停止计算。"
SCREENS: dict[Verb, Screen] = {
    Verb.SUBMIT: Screen(steps.StepForm, services.submit_suggestion, "提交", _say("已提交，等待受理。"), is_direct=True),
    Verb.ACCEPT: Screen(
        steps.StepForm, services.accept_suggestion, "受理", lambda case: f"已受理，编号 {case.number}。", is_direct=True
    ),
    Verb.RETURN_TO_AUTHOR: Screen(steps.ReturnForm, services.return_to_author, "退回补充", _say("已退回补充。")),
    Verb.REJECT: Screen(steps.RejectForm, services.reject_suggestion, "不予受理", _say("已不予受理，并告知填写人。")),
    Verb.ESCALATE: Screen(steps.EscalateForm, services.escalate_suggestion, "上报党联办", _say("已上报党联办。")),
    Verb.SEND_DOWN: Screen(steps.SendDownForm, services.send_down, "退回代表队", _say("已退回代表队。")),
    Verb.ASSIGN: Screen(joint.JointAssignForm, services.assign_suggestion, "交办", _due),
    Verb.RECALL: Screen(
        steps.StepForm, services.recall_assignment, "撤回交办", _say("已撤回，回到待交办。"), warning=RECALL_WARNING
    ),
    Verb.SIGN: Screen(steps.StepForm, services.sign_suggestion, "签收", _say("已签收，请按三步办理。"), is_direct=True),
    Verb.REQUEST_RETURN: Screen(
        requests.RequestReturnForm,
        services.request_return,
        "不属我单位，退回",
        _say("已提出退办申请，等交办单位审批，期限照常计算。"),
    ),
    Verb.APPROVE_RETURN: Screen(
        requests.ApproveReturnForm, services.approve_return, "同意退办", _say("已同意退办，请改派其他单位。")
    ),
    Verb.DENY_RETURN: Screen(
        requests.DenyReturnForm, services.deny_return, "不同意退办", _say("已不同意退办，由原单位继续办理。")
    ),
    Verb.REQUEST_EXTENSION: Screen(
        requests.RequestExtensionForm,
        services.request_extension,
        "申请延期",
        _say("已提出延期申请，等交办单位审批，期限照常计算。"),
    ),
    Verb.APPROVE_EXTENSION: Screen(requests.ApproveExtensionForm, services.approve_extension, "同意延期", _extended),
    Verb.DENY_EXTENSION: Screen(
        requests.DenyExtensionForm, services.deny_extension, "不同意延期", _say("已不同意延期，期限不变。")
    ),
    Verb.COUNTERSIGN: Screen(joint.CountersignForm, services.countersign, "会签", _say("已会签，并告诉主办单位。")),
    Verb.WAIVE: Screen(joint.WaiveForm, services.waive_countersign, "免会签", _say("已同意免会签，并告诉主办单位。")),
    Verb.RECORD_CONTACT: Screen(handling.ContactForm, services.record_contact, "登记联系", _say("已登记联系情况。")),
    Verb.CONSULT: Screen(
        handling.ConsultForm, services.consult_representative, "征询代表意见", _say("措施已记录，并征询代表意见。")
    ),
    Verb.GIVE_OPINION: Screen(
        handling.OpinionForm, services.give_opinion, "答复征询", _say("您的意见已告诉承办单位。")
    ),
    Verb.REPLY: Screen(handling.ReplyForm, services.reply_suggestion, "提交答复", _replied),
    Verb.RETURN_REPLY: Screen(steps.ReturnReplyForm, services.return_reply, "要求修改", _say("已退回承办单位修改。")),
    Verb.FORWARD: Screen(
        steps.StepForm, services.forward_reply, "转交", _say("已转交代表和群众，请他们评价。"), is_direct=True
    ),
    Verb.EVALUATE: Screen(rating.EvaluateForm, services.evaluate_suggestion, "提交评价", _say("评价已记录。")),
    Verb.CLOSE: Screen(steps.StepForm, services.close_suggestion, "办结", _say("已办结。"), is_direct=True),
    Verb.REDO: Screen(steps.RedoForm, services.redo_suggestion, "要求重办", _say("已要求承办单位重办。")),
    Verb.RULE: Screen(
        endings.RuleForm,
        services.rule_suggestion,
        "裁定",
        lambda case: f"已裁定：{case.get_ruling_display()}，并告知代表和联络员。",
    ),
    Verb.MERGE: Screen(
        endings.MergeForm,
        services.merge_suggestion,
        "并案",
        lambda case: f"已并入{case.parent.number if case.parent else ''}，答复后同样转告提出人并请其评价。",
        warning=MERGE_WARNING,
        search="找编号或标题里的词",
    ),
    Verb.WITHDRAW: Screen(endings.WithdrawForm, services.withdraw_suggestion, "撤回建议", _say("已撤回，不再办理。")),
    Verb.FULFIL: Screen(
        endings.FulfilForm, services.fulfil_promise, "兑现承诺", _say("已登记兑现，并转告代表和群众。")
    ),
}

HANDLED_TOGETHER = frozenset({Verb.RECORD_CONTACT, Verb.CONSULT, Verb.REPLY})
DANGEROUS = frozenset({Verb.REJECT, Verb.RECALL, Verb.WITHDRAW})


def act_url(case: Suggestion, verb: Verb) -> str:
    """Where the step is shown (GET) and taken (POST)."""
    return reverse("suggestions:act", args=[case.pk, verb.value])


def lawful_verbs(user: User, case: Suggestion, now: datetime) -> list[Verb]:
    """Steps with a screen that `user` may take now and that no guard already refuses, the usual next one first."""
    return [verb for verb, sentence in standing(user, case, now).items() if not sentence]


def standing(user: User, case: Suggestion, now: datetime) -> dict[Verb, str]:
    """Every step with a screen that the table opens to `user` now, and what still stands in its way ("": nothing)."""
    lawful = {step.verb for step in available(State(case.state), capacities(user, case))}
    return {verb: obstacle(user, case, verb, now) for verb in ORDER if verb in lawful}


def actions(case: Suggestion, found: dict[Verb, str]) -> list[Action]:
    """The buttons of the case page: only what is open in `found` (see `standing`), the usual next step first."""
    verbs = [verb for verb, sentence in found.items() if not sentence]
    buttons = [
        Action(SCREENS[verb].button, act_url(case, verb), SCREENS[verb].is_direct, verb in DANGEROUS)
        for verb in verbs
        if verb not in HANDLED_TOGETHER
    ]
    if HANDLED_TOGETHER & set(verbs):
        buttons.insert(0, Action("办理", reverse("suggestions:handle", args=[case.pk])))
    if Verb.SUBMIT in verbs:
        buttons.append(Action("修改", reverse("suggestions:update", args=[case.pk])))
    return buttons


ORDER: tuple[Verb, ...] = (
    Verb.SUBMIT,
    Verb.ACCEPT,
    Verb.ASSIGN,
    Verb.SIGN,
    Verb.APPROVE_RETURN,
    Verb.DENY_RETURN,
    Verb.APPROVE_EXTENSION,
    Verb.DENY_EXTENSION,
    Verb.COUNTERSIGN,
    Verb.GIVE_OPINION,
    Verb.FORWARD,
    Verb.EVALUATE,
    Verb.CLOSE,
    Verb.REDO,
    Verb.RULE,
    Verb.FULFIL,
    Verb.RECORD_CONTACT,
    Verb.CONSULT,
    Verb.REPLY,
    Verb.REQUEST_EXTENSION,
    Verb.REQUEST_RETURN,
    Verb.ESCALATE,
    Verb.SEND_DOWN,
    Verb.RETURN_REPLY,
    Verb.RETURN_TO_AUTHOR,
    Verb.WAIVE,
    Verb.RECALL,
    Verb.MERGE,
    Verb.REJECT,
    Verb.WITHDRAW,
)
