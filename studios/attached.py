"""What studios hang on the office calendar."""

from studios import dependents
from studios.services.ladders import recompute_rectification_reminders

dependents.register(recompute_rectification_reminders)
