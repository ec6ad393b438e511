"""Who may see the photos of studios and of inspections."""

from studios.models import Inspection, Studio
from uploads.registry import register

register("studio", lambda user, pk: Studio.objects.visible_to(user).filter(pk=pk).exists())
register("inspection", lambda user, pk: Inspection.objects.visible_to(user).filter(pk=pk).exists())
