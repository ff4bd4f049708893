"""The law of the states: complete, dated, sourced, and not too old."""

from datetime import date, timedelta

from services.providers.state_law import Status, load_state_law

LAW = load_state_law()
OLDEST = timedelta(days=366)


def test_all_states_and_the_district_are_listed() -> None:
    assert len(LAW.states) == 51


def test_what_the_list_of_january_2026_says() -> None:
    barred = {code for code, state in LAW.states.items() if state.status is Status.NOT_ALLOWED}
    unclear = {code for code, state in LAW.states.items() if state.status is Status.UNCLEAR}
    assert barred == {"CA", "HI", "NY", "OR"}
    assert unclear == {"CT", "MA", "MI", "MN", "MO", "OK", "PA"}


def test_every_note_names_its_date_and_the_board() -> None:
    for code in LAW.states:
        assert "January 2026" in LAW.text(code)
        assert "onfirm with the state board" in LAW.text(code)
    assert "onfirm with the licensing board" in LAW.text("PR")


def test_the_list_is_not_older_than_a_year() -> None:
    """When this fails: check every state again, then move `as_of`."""
    assert date.today() - LAW.as_of < OLDEST
