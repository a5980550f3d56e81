"""The recovery sheet: a printed code that opens the journal if the passphrase is forgotten."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from moodlab.atomic_replace import make_private_file, sync_file, sync_folder
from moodlab.domain.days import long_date
from moodlab.domain.errors import Refused
from moodlab.file_kinds import refuse_target
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key

GROUPS_A_LINE = 5


def write_recovery_sheet(key: Key, journal: Path, made_on: date) -> tuple[str, ...]:
    """Return the sheet's paragraphs in order, the code in lines of five groups of four.

    The code opens the journal until its passphrase is changed or removed.
    """
    groups = key.recovery_code.split("-")
    lines = [
        "-".join(groups[at : at + GROUPS_A_LINE]) for at in range(0, len(groups), GROUPS_A_LINE)
    ]
    return (
        translate("security", "Recovery sheet for the MoodLab journal {name}, {day}").format(
            name=journal.name, day=long_date(made_on)
        ),
        translate(
            "security",
            "This code opens the journal and its automatic backups instead of the passphrase. "
            "Anyone who has this sheet and the file can read everything in it. Keep it on paper, "
            "away from the computer.",
        ),
        "\n".join(lines),
        translate(
            "security",
            "To use it, type the code where MoodLab asks for the passphrase. Capitals, spaces "
            "and hyphens make no difference. The only digits are 2 to 7.",
        ),
        translate(
            "security",
            "When you change or remove the passphrase, this code stops working. Print a new "
            "sheet then, and destroy this one.",
        ),
        translate(
            "security",
            "Without the passphrase or this sheet nobody can open the journal, not even the "
            "makers of MoodLab.",
        ),
    )


@contextmanager
def reserve_sheet(target: Path | None) -> Iterator[BinaryIO]:
    """Create the sheet's private file first, so that a bad path is known before the change.

    What the block writes goes into it at the end; if the block fails, the file is removed. Without
    a target, nothing is saved. Raises Refused.
    """
    if target is None:
        yield BytesIO()
        return
    refuse_target(target)
    try:
        make_private_file(target)
    except FileExistsError:
        raise Refused(
            translate("security", "{name} already exists. Choose another name.").format(
                name=target.name
            )
        ) from None
    except OSError as error:
        raise Refused(
            translate("security", "Can't write {name}: {reason}.").format(
                name=target.name, reason=os.strerror(error.errno or 0)
            )
        ) from error
    try:
        sheet = BytesIO()
        yield sheet
        target.write_bytes(sheet.getvalue())
        sync_file(target)
        sync_folder(target.parent)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
