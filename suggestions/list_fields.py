"""What lists read of a case and of those it names, and nothing else."""

LIST_FIELDS = (
    *("county", "title", "number", "category", "state", "round", "due_on", "replied_on", "submitted_on", "accepted_on"),
    *("assigned_on", "original_due_on", "was_on_time", "result_class", "closed_on", "promise_on", "fulfilled_on"),
    *("delegation__short_name", "representative__name"),
)
TWIN_FIELDS = ("title", "content", "category", "delegation", "number", "state", "studio")
