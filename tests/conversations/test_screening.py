"""The safety questions: answered, left, resumed, explained, interrupted."""

from tests.conversations.conftest import Chat, Replies

HARMLESS = {
    "How old": "40",
    "free wish": "yes",
    "How do you feel about needles": "Needles are fine",
    "do you have a headache": "4",
    "take something against": "3",
}


def start(chat: Chat) -> Replies:
    return chat.say("Can you check if it suits me?")


def answer(chat: Chat, replies: Replies, **instead: str) -> Replies:
    """Answer the pending question: harmlessly, or as told for a part of its text."""
    question = replies.messages[-1]["text"]
    for part, words in {**instead, **HARMLESS}.items():
        if part.replace("_", " ") in question:
            return chat.say(words)
    return chat.say("no")


def finish(chat: Chat, **instead: str) -> Replies:
    replies = start(chat)
    for _ in range(17):
        assert replies.topics[-1] == "start_screening"
        replies = answer(chat, replies, **instead)
    return replies


def test_one_question_at_a_time_with_choices(chat: Chat) -> None:
    replies = start(chat)
    assert "I cannot clear you" in replies.messages[0]["text"]
    assert replies.messages[1]["text"].startswith("(1 of 17)")
    assert replies.buttons == ["Yes", "No", "Not sure"]
    assert chat.tap("No").text.startswith("(2 of 17)")


def test_nothing_found_is_no_clearance(chat: Chat) -> None:
    text = finish(chat).text
    assert "Nothing you told me is on the caution list" in text
    assert "not medical clearance" in text


def test_the_result_names_what_to_ask_about(chat: Chat) -> None:
    text = finish(chat, thins_the_blood="I take Eliquis", Botox="not sure").text
    assert "Please ask before you book" in text
    assert "do not stop or skip" in text
    assert "Recent Botox" in text


def test_a_reason_not_to_have_it_now(chat: Chat) -> None:
    replies = finish(chat, open_wound="yes")
    assert "not advised for now" in replies.text
    assert replies.urgencies == ["soon"]


def test_a_red_flag_ends_it_at_once(chat: Chat) -> None:
    start(chat)
    replies = chat.say("yes")
    assert replies.urgencies == ["emergency"]
    assert "911" in replies.text
    assert chat.say("Does it hurt?").topics == ["does_it_hurt"], "the form is over"


def test_a_danger_in_an_answer_is_acted_on_at_once(chat: Chat) -> None:
    start(chat)
    chat.say("no")
    replies = chat.say("my left arm went numb an hour ago and my face is drooping")
    assert replies.topics == ["emergency_symptoms"]


def test_a_question_in_between_is_answered_and_returned_from(chat: Chat) -> None:
    start(chat)
    asked = chat.say("no").text
    digression = chat.say("hold on, does it actually hurt?")
    assert digression.topics == ["does_it_hurt", "start_screening"]
    assert digression.messages[1]["text"] == asked
    assert chat.say("40").text.startswith("(3 of 17)")


def test_several_digressions_in_a_row(chat: Chat) -> None:
    start(chat)
    for said, topic in (
        ("what does it cost?", "cost"),
        ("thanks", "thank"),
        ("Is it safe?", "is_it_safe"),
    ):
        assert chat.say(said).topics == [topic, "start_screening"]
    assert chat.say("no").text.startswith("(2 of 17)")


def test_left_and_resumed(chat: Chat) -> None:
    start(chat)
    chat.say("no")
    chat.say("40")
    stopped = chat.say("stop")
    assert stopped.topics == ["stop"]
    assert chat.say("What does a session cost?").topics == ["cost"]
    resumed = chat.say("go on with the check")
    assert "answered 2 of 17" in resumed.text
    assert resumed.messages[1]["text"].startswith("(3 of 17)")


def test_why_do_you_ask(chat: Chat) -> None:
    start(chat)
    chat.say("no")
    explained = chat.say("why?")
    assert "The migraine studies were in adults" in explained.messages[0]["text"]
    assert explained.messages[1]["text"].startswith("(2 of 17)")


def test_a_question_is_explained_when_asked_for_simpler_words(chat: Chat) -> None:
    start(chat)
    explained = chat.say("can you say that simpler please")
    assert "They come first" in explained.messages[0]["text"]
    assert explained.messages[1]["text"].startswith("(1 of 17)")


def test_three_misunderstandings_end_gently_and_keep_the_answers(chat: Chat) -> None:
    start(chat)
    chat.say("no")
    for _ in range(2):
        assert "did not understand that as an answer" in chat.say("purple bananas").text
    ended = chat.say("purple bananas")
    assert "Talk to a person" in ended.buttons
    assert "answered 1 of 17" in start(chat).text


def test_free_words_are_understood(chat: Chat) -> None:
    start(chat)
    assert chat.say("nope, nothing like that").text.startswith("(2 of 17)")
    assert chat.say("she's 52").text.startswith("(3 of 17)")
    assert chat.say("yes, my own idea").text.startswith("(4 of 17)")
    assert chat.say("not that I know of").text.startswith("(5 of 17)")
    assert chat.say("just a baby aspirin, does that count?").text.startswith("(6 of 17)")


def test_asking_to_start_again_in_the_middle_asks_the_same_question(chat: Chat) -> None:
    start(chat)
    assert "(1 of 17)" in start(chat).text


def test_a_new_check_starts_from_the_beginning(chat: Chat) -> None:
    finish(chat)
    assert "(1 of 17)" in start(chat).text


def test_a_person_can_be_asked_for_at_any_time(chat: Chat) -> None:
    start(chat)
    assert chat.say("I want to talk to a real person").topics == ["human_handoff"]
    assert chat.say("Does it hurt?").topics == ["does_it_hurt"]
