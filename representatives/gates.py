"""Who may see the photos of representatives."""

from representatives.models import Representative
from uploads.registry import register

register("representative", lambda user, pk: Representative.objects.visible_to(user).filter(pk=pk).exists())
