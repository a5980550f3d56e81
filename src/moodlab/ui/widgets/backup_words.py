"""How a backup of the journal is spoken of in the window."""

from moodlab.domain.days import local_time, short_date
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.store.backups.names import Backup, read_backup_name
from moodlab.ui.look.conventions import clock_text

_REASONS = {
    "automatic": QT_TRANSLATE_NOOP("backups", "automatic"),
    "by-hand": QT_TRANSLATE_NOOP("backups", "made by you"),
    "before-restore": QT_TRANSLATE_NOOP("backups", "before a restore"),
    "before-import": QT_TRANSLATE_NOOP("backups", "before an import"),
    "before-upgrade": QT_TRANSLATE_NOOP("backups", "before an upgrade"),
}


def moment_of(backup: Backup) -> str:
    """Return when it was made, in this computer's time."""
    local = local_time(backup.made_at)
    return f"{short_date(local.date())}, {clock_text(local)}"


def name_backup(backup: Backup) -> str:
    """Return what it is: a backup with its moment, or a file that a person chose, by its name."""
    if read_backup_name(backup.path) is None:
        return backup.path.name
    return translate("backups", "the backup from {moment}").format(moment=moment_of(backup))


def name_days(count: int) -> str:
    """Return a number of days in words."""
    if count == 1:
        return translate("copies", "1 day")
    return translate("copies", "{count} days").format(count=count)


def name_reason(backup: Backup) -> str:
    """Return why it was made."""
    words = _REASONS.get(backup.reason)
    return backup.reason.replace("-", " ") if words is None else translate_marked(words)
