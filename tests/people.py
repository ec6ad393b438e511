"""The cast by what they do, for the tables of who may open what."""

STAFF = {
    "liaison", "other_liaison", "representative_user", "town_office", "other_town_office", "county_office",
    "unit_handler", "other_unit_handler", "town_unit_handler", "leader", "admin", "auditor", "stranger", "nobody",
}  # fmt: skip
NEIGHBOURS = STAFF - {"stranger", "nobody"}
"""Everybody with a role in 海安."""
OFFICES = {"town_office", "other_town_office", "county_office", "stranger"}
READERS = OFFICES | {"leader"}
EXPORTERS = READERS | {"unit_handler", "other_unit_handler", "town_unit_handler"}
SEES_CASE = {"liaison", "representative_user", "town_office", "county_office", "unit_handler", "leader"}
SEES_VISIT = {"liaison", "representative_user", "town_office", "county_office", "leader"}
