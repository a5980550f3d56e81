"""``contact``: the person's own help contacts."""

from moodlab.commands.command import Answer, Place, argument, command, flag
from moodlab.domain.errors import Refused
from moodlab.domain.events import Contact
from moodlab.i18n import translate


@command(
    "contact",
    [
        argument("name", required=False),
        argument("reach", required=False),
        flag("--remove", "Remove this contact."),
    ],
)
def contact(place: Place, name: str | None, reach: str | None, remove: bool) -> Answer:
    """List contacts for "If you need help now"; save one with how to reach it, or remove it."""
    with place.open_journal(read_only=name is None) as journal:
        contacts = journal.contacts()
        if name is not None:
            contacts = _changed(contacts, " ".join(name.split()), reach, remove=remove)
            journal.set_contacts(contacts)
    lines = [f"{each.name}: {each.reach}" for each in contacts]
    return Answer(
        "\n".join(lines) or translate("contact", "No contact is entered."),
        {"contacts": [{"name": each.name, "reach": each.reach} for each in contacts]},
        only_tells=name is None,
    )


def _changed(
    contacts: tuple[Contact, ...], name: str, reach: str | None, *, remove: bool
) -> tuple[Contact, ...]:
    if not name:
        raise Refused(translate("contact", "The contact needs a name."))
    others = tuple(each for each in contacts if each.name.casefold() != name.casefold())
    if remove:
        if len(others) == len(contacts):
            raise Refused(
                translate("contact", "There is no contact called {name}.").format(name=name)
            )
        return others
    if not (reach or "").strip():
        raise Refused(translate("contact", "Say how to reach {name}.").format(name=name))
    saved = Contact(name, " ".join((reach or "").split()))
    if len(others) == len(contacts):
        return (*contacts, saved)
    return tuple(saved if each not in others else each for each in contacts)
