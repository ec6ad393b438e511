"""The code a session shows for checking in: signed, for this purpose, one appointment and its day; no row is kept.

A code is void once its appointment is cancelled or moved to another day. Tampered or foreign codes open nothing.
"""

from django.core.signing import BadSignature, Signer

from appointments.models import Appointment

SALT = "appointments.checkin"
CANCELLED = "这次约见已取消，签到码作废。"
MOVED = "这次约见改了日期，这个签到码已作废，请联络员出示新的。"


class CodeError(Exception):
    """A code that opens nothing; the message is a sentence for the person."""


def code_of(meeting: Appointment) -> str:
    """The code of one session."""
    return Signer(salt=SALT, sep=".").sign(f"{meeting.pk}.{meeting.held_on:%Y%m%d}")


def meeting_of(code: str) -> Appointment:
    """The appointment a code belongs to. Raises CodeError for what we did not sign and for a code that is void."""
    try:
        key, day = Signer(salt=SALT, sep=".").unsign(code).split(".")
    except BadSignature:
        raise CodeError("签到码不对，请重新扫描工作室出示的二维码。") from None
    meeting = Appointment.objects.select_related("studio", "delegation").filter(pk=int(key)).first()
    if meeting is None or meeting.is_cancelled:
        raise CodeError(CANCELLED)
    if f"{meeting.held_on:%Y%m%d}" != day:
        raise CodeError(MOVED)
    return meeting
