"""Who may see the photos of a visit: exactly who sees the visit."""

from appointments.models import Visit
from uploads.registry import register

register("visit", lambda user, pk: Visit.objects.visible_to(user).filter(pk=pk).exists())
