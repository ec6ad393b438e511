"""The only writers of suggestions.

Each verb is one transaction: lock the case, compare the page's version, ask the table, check the guard,
write named fields, write the log row, write reminder rows (domain.md §6.1)."""

from suggestions.services.closing import (
    close_lapsed,
    close_suggestion,
    evaluate_suggestion,
    redo_suggestion,
    rule_suggestion,
)
from suggestions.services.findings import (
    turn_finding,
)
from suggestions.services.handling import (
    consult_representative,
    give_opinion,
    record_contact,
    reply_suggestion,
    sign_suggestion,
)
from suggestions.services.identity import (
    reveal_petitioners,
)
from suggestions.services.intake import (
    open_suggestion,
    submit_suggestion,
    take_in_visit,
    update_suggestion,
)
from suggestions.services.joint import (
    countersign,
    waive_countersign,
)
from suggestions.services.merging import (
    merge_suggestion,
)
from suggestions.services.notes import (
    add_note,
)
from suggestions.services.promising import (
    fulfil_promise,
)
from suggestions.services.reply_templates import (
    delete_template,
    save_template,
)
from suggestions.services.requests import (
    approve_extension,
    approve_return,
    deny_extension,
    deny_return,
    request_extension,
    request_return,
)
from suggestions.services.review import (
    forward_reply,
    return_reply,
)
from suggestions.services.supervision import (
    answer_supervision,
    lift_listing,
    supervise_suggestion,
)
from suggestions.services.together import (
    handle_suggestion,
)
from suggestions.services.triage import (
    accept_suggestion,
    assign_suggestion,
    escalate_suggestion,
    recall_assignment,
    reject_suggestion,
    return_to_author,
    send_down,
)
from suggestions.services.withdrawing import (
    withdraw_suggestion,
)

__all__ = [
    "accept_suggestion",
    "add_note",
    "answer_supervision",
    "approve_extension",
    "approve_return",
    "assign_suggestion",
    "close_lapsed",
    "close_suggestion",
    "consult_representative",
    "countersign",
    "delete_template",
    "deny_extension",
    "deny_return",
    "escalate_suggestion",
    "evaluate_suggestion",
    "forward_reply",
    "fulfil_promise",
    "give_opinion",
    "handle_suggestion",
    "lift_listing",
    "merge_suggestion",
    "open_suggestion",
    "recall_assignment",
    "record_contact",
    "redo_suggestion",
    "reject_suggestion",
    "reply_suggestion",
    "request_extension",
    "request_return",
    "return_reply",
    "return_to_author",
    "reveal_petitioners",
    "rule_suggestion",
    "save_template",
    "send_down",
    "sign_suggestion",
    "submit_suggestion",
    "supervise_suggestion",
    "take_in_visit",
    "turn_finding",
    "update_suggestion",
    "waive_countersign",
    "withdraw_suggestion",
]
