"""Turns that follow from each other."""

from tests.conversations.conftest import Chat


def test_a_chain_of_questions(chat: Chat) -> None:
    for said, topic in (
        ("what is dry needling", "what_is_dry_needling"),
        ("and does it hurt?", "does_it_hurt"),
        ("what should I do after it", "aftercare"),
        ("what about in pregnancy?", "pregnancy"),
        ("and for children?", "children_and_teens"),
        ("thanks", "thank"),
    ):
        assert chat.say(said).topics == [topic], said


def test_yes_takes_up_what_was_offered(chat: Chat) -> None:
    chat.say("Is it safe?")
    assert chat.say("yes please").topics == ["start_screening", "start_screening"]


def test_yes_without_an_offer_is_harmless(chat: Chat) -> None:
    chat.say("What does a session cost?")
    assert chat.say("yes").topics == ["affirm"]
    assert chat.say("no").topics == ["deny"]


def test_from_a_search_to_a_draft(chat: Chat) -> None:
    chat.say("find a physical therapist near 60614")
    draft = chat.say("yes please")
    assert draft.topics == ["draft_email"]
    assert "Hello SAMPLE Physical Therapy" in draft.text


def test_a_draft_without_a_search_leaves_the_name_open(chat: Chat) -> None:
    draft = chat.say("Help me write to a clinic")
    assert "[name of the clinic]" in draft.text
    assert "I do not send anything" in draft.text


def test_two_misunderstandings_in_a_row_offer_a_person_first(chat: Chat) -> None:
    first = chat.say("what will the weather be like on Sunday")
    assert first.topics == ["out_of_scope"]
    second = chat.say("who won the football last night")
    assert second.buttons[0] == "Talk to a person"
    chat.say("Does it hurt?")
    assert chat.say("what is the capital of France").text == first.text
