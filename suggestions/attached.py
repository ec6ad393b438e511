"""What suggestions hang on the office calendar."""

from studios import dependents
from suggestions.services.recompute import recompute_deadlines

dependents.register(recompute_deadlines)
