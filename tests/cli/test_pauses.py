"""`pause` and `resume`, and what the page says of a pause; the known questionnaires by name."""

from datetime import timedelta

from moodlab.domain.days import local_now
from tests.cli.shell import Shell, answer

TODAY = local_now().date()


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def coverage(moodlab: Shell, *period: str) -> dict:
    return moodlab.report("--from", period[0], "--to", period[1])["coverage"]


def test_a_pause_that_runs_leaves_no_day_without_a_mark(moodlab: Shell) -> None:
    moodlab("log", ago(20), "mood=4")
    begun = answer(moodlab("pause", "--from", ago(9), "--json"))
    moodlab("log", ago(4), "mood=5")

    assert begun == {"from": ago(9), "until": None}
    counted = coverage(moodlab, ago(20), ago(0))
    assert (counted["paused"], counted["days_with_rating"], counted["no_entry"]) == (9, 2, 10)
    assert answer(moodlab("day", "today", "--json"))["state"] == "paused"
    assert moodlab("check").out == "The journal is sound.\n"


def test_resume_ends_a_pause_today_or_earlier_and_undo_goes_on_with_it(moodlab: Shell) -> None:
    moodlab("pause", "--from", ago(9))
    told = answer(moodlab("resume", ago(3), "--json"))

    assert told == {"from": ago(9), "resumed": ago(3), "days": 6}
    assert coverage(moodlab, ago(12), ago(0))["paused"] == 6
    moodlab("undo")
    assert coverage(moodlab, ago(12), ago(0))["paused"] == 10
    moodlab("log", "today", "resumed")
    assert coverage(moodlab, ago(12), ago(0))["paused"] == 9
    again = moodlab("resume")
    assert (again.status, again.err.split(".")[0]) == (1, "No pause runs on that day")


def test_a_pause_may_end_on_a_day_to_come(moodlab: Shell) -> None:
    done = moodlab("pause", "--until", (TODAY + timedelta(days=9)).isoformat())

    assert done.status == 0
    assert done.out.startswith("Paused ")
    assert coverage(moodlab, ago(1), ago(0))["paused"] == 1


def test_a_pause_goes_along_in_an_export(moodlab: Shell) -> None:
    moodlab("pause", "--from", ago(5))
    moodlab("export", f"{moodlab.folder}/all.json")
    other = ("--journal", f"{moodlab.folder}/other.moodlab")
    moodlab(*other, "init")
    assert moodlab(*other, "import", f"{moodlab.folder}/all.json").status == 0

    assert answer(moodlab(*other, "day", "today", "--json"))["state"] == "paused"
    moodlab(*other, "export", f"{moodlab.folder}/again.json")
    assert (moodlab.folder / "again.json").read_bytes() == (
        moodlab.folder / "all.json"
    ).read_bytes()


def test_the_page_names_the_days_of_pauses(moodlab: Shell) -> None:
    for begin, end in (("2025-10-03", "2025-10-16"), ("2025-11-28", "2025-12-02")):
        moodlab("log", begin, "paused")
        moodlab("log", end, "resumed")
    moodlab("log", "2025-12-05", "mood=3")

    words = " ".join(moodlab.report("--from", "2025-10-01", "--to", "2025-12-06")["words"])

    assert "paused 17 (3–15 Oct, 28 Nov – 1 Dec)" in words


def test_a_known_questionnaire_has_its_name_and_its_bounds(moodlab: Shell) -> None:
    given = answer(moodlab("questionnaire", "today", "phq 8", "9", "--json"))

    assert (given["name"], given["lowest"], given["highest"]) == ("PHQ-8", "0", "24")
    beyond = moodlab("questionnaire", "today", "GAD-7", "22")
    assert (beyond.status, beyond.err) == (1, "GAD-7 goes from 0 to 21. 22 is outside that.\n")
    moodlab("change", given["id"], "--high", "30", "--value", "25")
    (row,) = answer(moodlab("list", "questionnaires", "--json"))["rows"]
    assert (row["total"], row["highest"]) == ("25", "30")


def test_a_total_stands_with_its_date_among_the_details_and_never_on_the_first_sheet(
    moodlab: Shell,
) -> None:
    moodlab("log", "today", "mood=4")
    moodlab("questionnaire", "today", "PHQ-8", "19")
    page = moodlab.folder / "page.txt"

    moodlab("report", str(page), "--pages", "1")
    assert "PHQ" not in page.read_text()
    moodlab("report", str(page))
    first, details = page.read_text().split("\nDetails\n", 1)
    assert "PHQ" not in first
    assert "PHQ-8          19     0–24" in details
