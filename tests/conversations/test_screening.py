"""The safety questions: answered, left, resumed, explained, interrupted."""

import re

import requests

from tests.conversations.conftest import Chat, Replies

HARMLESS = {
    "How old": "40",
    "free wish": "yes",
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
    """Answer all questions; the last replies are the result and the offer of a page."""
    replies = start(chat)
    for _ in range(24):
        if "page to print" in replies.messages[-1]["text"]:
            return replies
        assert replies.topics[-1] == "start_screening"
        replies = answer(chat, replies, **instead)
    raise AssertionError("there is no end to it")


def test_one_question_at_a_time_with_choices(chat: Chat) -> None:
    replies = start(chat)
    assert "I cannot clear you" in replies.messages[0]["text"]
    assert replies.messages[1]["text"].startswith("(1 of about 13)")
    assert replies.buttons == ["Yes", "No", "Not sure"]
    assert chat.tap("No").text.startswith("(2 of about 13)")


def test_nothing_found_is_no_clearance(chat: Chat) -> None:
    text = finish(chat).text
    assert "Nothing you told me is on the caution list" in text
    assert "not medical clearance" in text


def test_the_result_names_what_to_ask_about(chat: Chat) -> None:
    text = finish(chat, thins_the_blood="I take Eliquis for afib", Botox="not sure").text
    assert "Please ask before you book" in text
    assert "Blood thinners: do not stop or skip them" in text
    assert "Recent Botox" in text


def test_a_reason_not_to_have_it_now(chat: Chat) -> None:
    replies = finish(chat, open_wound="yes", Which_of="a rash on my neck")
    assert "not advised for now" in replies.text
    assert replies.urgencies == ["soon", None]


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
    assert chat.say("40").text.startswith("(3 of about 14)")


def test_several_digressions_in_a_row(chat: Chat) -> None:
    start(chat)
    for said, topic in (
        ("what does it cost?", "cost"),
        ("thanks", "thank"),
        ("Is it safe?", "is_it_safe"),
    ):
        assert chat.say(said).topics == [topic, "start_screening"]
    assert chat.say("no").text.startswith("(2 of about 13)")


def test_left_and_resumed(chat: Chat) -> None:
    start(chat)
    chat.say("no")
    chat.say("40")
    stopped = chat.say("stop")
    assert stopped.topics == ["stop"]
    assert chat.say("What does a session cost?").topics == ["cost"]
    resumed = chat.say("go on with the check")
    assert "answered 2 of about 14" in resumed.text
    assert resumed.messages[1]["text"].startswith("(3 of about 14)")


def test_why_do_you_ask(chat: Chat) -> None:
    start(chat)
    chat.say("no")
    explained = chat.say("why?")
    assert "The migraine studies were in adults" in explained.messages[0]["text"]
    assert explained.messages[1]["text"].startswith("(2 of about 13)")


def test_a_question_is_explained_when_asked_for_simpler_words(chat: Chat) -> None:
    start(chat)
    explained = chat.say("can you say that simpler please")
    assert "They come first" in explained.messages[0]["text"]
    assert explained.messages[1]["text"].startswith("(1 of about 13)")


def test_three_misunderstandings_end_gently_and_keep_the_answers(chat: Chat) -> None:
    start(chat)
    chat.say("no")
    for _ in range(2):
        assert "did not understand that as an answer" in chat.say("purple bananas").text
    ended = chat.say("purple bananas")
    assert "Talk to a person" in ended.buttons
    assert "answered 1 of about 13" in start(chat).text


def test_free_words_are_understood(chat: Chat) -> None:
    start(chat)
    for said, heard, progress in (
        ("nope, nothing like that", "No", "(2 of about 13)"),
        ("she's fifty-two", "52", "(3 of about 14)"),
        ("yes, it was my own idea", "Yes", "(4 of about 14)"),
        ("not that I know of", "No", "(5 of about 14)"),
    ):
        taken_for, asked = chat.say(said).messages
        assert taken_for["text"].startswith(f"I heard: {heard}.")
        assert asked["text"].startswith(progress)
    counted = chat.say("just a baby aspirin, does that count?")
    assert 'noted it as "not sure"' in counted.messages[0]["text"]
    assert counted.messages[1]["text"].startswith("(7 of about 15)"), "which, was said"


def test_numbers_and_corrections_in_free_words(chat: Chat) -> None:
    start(chat)
    chat.say("no")
    chat.say("61")
    corrected = chat.say("sorry, I meant 16")
    assert "changed that" in corrected.text
    back = chat.say("go back")
    assert "How old" in back.text
    assert "free wish" in chat.say("sixteen").text
    assert "pregnant" in chat.say("skip").text
    assert "The migraine studies" not in chat.say("why?").text


def test_what_was_said_at_the_start_is_not_asked_again(chat: Chat) -> None:
    started = chat.say("I'm 41 and I take Eliquis, can you check if it suits me?")
    assert "age 41, apixaban" in started.text
    asked = [chat.say("no").text for _ in range(2)]
    assert not any("How old" in text or "thins the blood" in text for text in asked)


def test_the_page_to_print(chat: Chat) -> None:
    finish(chat, thins_the_blood="I take Eliquis")
    made = chat.tap("Yes, make the page").text
    page, pdf = re.findall(r"https?://\S+", made)
    html = requests.get(page, timeout=10)
    assert "Blood thinners" in html.text
    assert html.headers["cache-control"] == "no-store"
    assert requests.get(pdf, timeout=10).content.startswith(b"%PDF")
    chat.say("delete my data")
    chat.tap("Yes, delete it")
    assert requests.get(page, timeout=10).status_code == 404
    assert requests.get(page.replace("card.html", "..%2f"), timeout=10).status_code == 404


def test_no_page_without_a_yes(chat: Chat) -> None:
    finish(chat)
    assert "nothing is kept" in chat.say("no").text


def test_midas_is_asked_and_scored(chat: Chat) -> None:
    asked = chat.say("I'd like to do the MIDAS")
    assert asked.messages[1]["text"].startswith("(1 of about 5)")
    for said in ("3", "two days a month", "none", "a couple", "5"):
        replies = chat.say(said)
    assert "Your score is 16. Grade III" in replies.text
    assert replies.messages[0]["sources"]


def test_asking_to_start_again_in_the_middle_asks_the_same_question(chat: Chat) -> None:
    start(chat)
    assert "(1 of about 13)" in start(chat).text


def test_a_new_check_starts_from_the_beginning(chat: Chat) -> None:
    finish(chat)
    assert "(1 of about 13)" in start(chat).text


def test_a_person_can_be_asked_for_at_any_time(chat: Chat) -> None:
    start(chat)
    assert chat.say("I want to talk to a real person").topics == ["human_handoff"]
    assert chat.say("Does it hurt?").topics == ["does_it_hurt"]
