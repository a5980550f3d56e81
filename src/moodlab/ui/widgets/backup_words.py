"""How a copy of the journal is spoken of in the window."""

from moodlab.domain.days import short_date
from moodlab.i18n import translate
from moodlab.store.backups.names import Backup

_REASONS = {
    "automatic": "automatic",
    "by-hand": "made by you",
    "before-restore": "before a restore",
    "before-import": "before an import",
    "before-upgrade": "before an upgrade",
}


def moment_of(copy: Backup) -> str:
    """Return when it was made, in this computer's time."""
    local = copy.made_at.astimezone()
    return f"{short_date(local.date())}, {local:%H:%M}"


def name_days(count: int) -> str:
    """Return a number of days in words."""
    if count == 1:
        return translate("copies", "1 day")
    return translate("copies", "{count} days").format(count=count)


def name_reason(copy: Backup) -> str:
    """Return why it was made."""
    return translate("copies", _REASONS.get(copy.reason, copy.reason.replace("-", " ")))
