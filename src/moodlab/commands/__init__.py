"""The commands, one file for each group. TO ADD ONE: a file, and its commands in `ALL`."""

from moodlab.commands.backups import backup, restore
from moodlab.commands.chart import chart
from moodlab.commands.diary import ask, event, log
from moodlab.commands.exchange import export, import_
from moodlab.commands.journal import check, init, undo
from moodlab.commands.lab import lab
from moodlab.commands.records.change import change
from moodlab.commands.records.day import day
from moodlab.commands.records.delete import delete, put_back
from moodlab.commands.records.find import find
from moodlab.commands.records.listing import list_
from moodlab.commands.records.pause import pause, resume
from moodlab.commands.records.questionnaire import questionnaire
from moodlab.commands.records.when import when
from moodlab.commands.report import report
from moodlab.commands.security import decrypt, encrypt
from moodlab.commands.setup.contact import contact
from moodlab.commands.setup.move import move
from moodlab.commands.setup.own_test import test
from moodlab.commands.setup.settings import setting
from moodlab.commands.setup.track import track
from moodlab.commands.sheet import sheet
from moodlab.commands.treatment import treatment

ALL = (
    init,
    log,
    pause,
    resume,
    lab,
    treatment,
    event,
    ask,
    questionnaire,
    test,
    track,
    contact,
    setting,
    day,
    list_,
    find,
    when,
    change,
    delete,
    put_back,
    report,
    sheet,
    chart,
    import_,
    export,
    undo,
    check,
    backup,
    restore,
    move,
    encrypt,
    decrypt,
)
