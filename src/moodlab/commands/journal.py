"""``init``, ``undo`` and ``check``: create, undo and check a journal."""

from moodlab.commands.command import Answer, Place, command, flag, option
from moodlab.domain.errors import Refused
from moodlab.domain.history.step_words import undone_words
from moodlab.encrypted_journals import remember_encryption
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import make_key
from moodlab.store.journal import Journal

MOST_EXAMPLE_YEARS = 40


@command(
    "init",
    [
        flag("--example", "Fill it with invented data, marked EXAMPLE everywhere."),
        option("--years", "N", "Years of example data (1)."),
        option("--seed", "S", "Number that selects the example; the same seed gives the same one."),
    ],
)
def init(place: Place, example: bool, years: str | None, seed: str | None) -> Answer:
    """Create an empty journal, or one with example data; encrypted if a passphrase is given."""
    path = place.paths.journal
    # Never plain on the disk, not for a moment.
    key = None if place.passphrase is None else make_key(place.passphrase)
    if example:
        from moodlab.store.example.journal import DEFAULT_SEED, make_example

        make_example(
            path,
            years=_read_count("--years", years, 1),
            seed=DEFAULT_SEED if seed is None else _read_seed(seed),
            key=key,
        )
        sentence = translate("init", "Created an example journal at {path}.")
    elif years is not None or seed is not None:
        raise Refused(translate("init", "--years and --seed need --example."))
    else:
        with Journal.create(path, key=key) as journal:
            place.tell_at_opening(journal)
        sentence = translate("init", "Created an empty journal at {path}.")
    remember_encryption(place.paths, is_encrypted=key is not None)
    return Answer(sentence.format(path=path), {"journal": str(path), "example": example})


def _read_count(name: str, text: str | None, default: int) -> int:
    number = default if text is None else int(text) if text.isdecimal() else 0
    if not 1 <= number <= MOST_EXAMPLE_YEARS:
        raise Refused(
            translate("init", "{name} takes a whole number from 1 to {most}.").format(
                name=name, most=MOST_EXAMPLE_YEARS
            )
        )
    return number


def _read_seed(text: str) -> int:
    if not (text.isdecimal() and len(text) < 19):
        raise Refused(translate("init", "--seed takes a whole number."))
    return int(text)


@command("undo", [])
def undo(place: Place) -> Answer:
    """Undo the last step."""
    with place.open_journal() as journal:
        step, names = journal.undo(), journal.step_names()
    if step is None:
        raise Refused(translate("undo", "Nothing to undo."))
    return Answer(
        translate("undo", "Undone: {step}.").format(step=undone_words(step, names)),
        {"undone": step.kind},
    )


@command("check", [])
def check(place: Place) -> Answer:
    """Check the whole journal and its backups, and list every problem."""
    from moodlab.store.check import check_journal

    with place.open_journal(read_only=True) as journal:
        problems = check_journal(journal)
    data = {
        "ok": not problems,
        "problems": [
            {"what": problem.what, "where": problem.where, "sentence": problem.sentence}
            for problem in problems
        ],
    }
    if problems:
        sentences = "\n".join(f"{problem.sentence} [{problem.where}]" for problem in problems)
        return Answer(sentences, data, is_fine=False, only_tells=True)
    return Answer(translate("check", "The journal is sound."), data, only_tells=True)
