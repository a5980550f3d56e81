"""Figures of a chart are written as somebody asks, for a while and in one thread."""

from threading import Thread

from moodlab.charts.writing import writing, written


def test_figures_are_written_as_asked_and_only_there() -> None:
    elsewhere: list[str] = []
    with writing(lambda figure: figure.replace(".", ",")):
        assert written("6.5") == "6,5"
        other = Thread(target=lambda: elsewhere.append(written("6.5")))
        other.start()
        other.join()

    assert elsewhere == [written("6.5")] == ["6.5"]
