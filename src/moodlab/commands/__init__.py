"""The commands, one file for each group. TO ADD ONE: a file, and its commands in `ALL`."""

from moodlab.commands.backups import backup, restore
from moodlab.commands.diary import ask, event, log
from moodlab.commands.exchange import export, import_
from moodlab.commands.journal import check, delete, init, undo
from moodlab.commands.lab import lab
from moodlab.commands.report import report
from moodlab.commands.security import decrypt, encrypt
from moodlab.commands.treatment import treatment

ALL = (
    init,
    log,
    lab,
    treatment,
    event,
    ask,
    report,
    import_,
    export,
    undo,
    delete,
    check,
    backup,
    restore,
    encrypt,
    decrypt,
)
