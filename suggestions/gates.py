"""Who may see the attachments of a case: whoever sees the case."""

from suggestions.models import Suggestion
from uploads.registry import register

register("suggestion", lambda user, pk: Suggestion.objects.visible_to(user).filter(pk=pk).exists())
