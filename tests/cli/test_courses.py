"""``treatment``: the courses of one treatment from the command line."""

from tests.cli.shell import Shell, refused


def test_courses_are_entered_asked_about_and_mended(moodlab: Shell) -> None:
    for line in (
        ("--from", "2026-10-01", "--dose", "20 mg"),
        ("--to", "2026-11-10"),
        ("--from", "2026-10-20", "--dose", "10 mg"),
    ):
        last = moodlab("treatment", "P", *line)
    assert (
        last.out == "Saved: P, 20 mg from 1 Oct 2026; 10 mg from 20 Oct 2026, until 10 Nov 2026.\n"
    )

    asked = refused(moodlab("treatment", "P", "--to", "2026-11-20"))
    assert asked.startswith("P ended on 10 Nov 2026. With this it goes on until 20 Nov 2026.")
    assert "another" not in asked
    assert "Nothing to join" in refused(moodlab("treatment", "P", "--join"))
    assert "only the name" in refused(moodlab("treatment", "P", "--join", "--to", "today"))
    assert "--from" in refused(moodlab("treatment", "P", "--dose", "5 mg", "--to", "2026-11-01"))
    split = moodlab("treatment", "P", "--to", "2026-10-09", "--confirm")
    assert split.out.count("Saved: P") == 2
    assert moodlab("check").out == "The journal is sound.\n"
