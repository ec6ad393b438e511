"""What statistics keep: words of offices, lists on their way, and numbers counted before."""

from reports.models.papers import BulletinText, ExportJob
from reports.models.tallies import Bucket, Kind, Tally, Touched

__all__ = ["Bucket", "BulletinText", "ExportJob", "Kind", "Tally", "Touched"]
