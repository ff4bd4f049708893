"""What the statistical detector learns from."""

from nlu.danger_examples import buried, calm_answers, mentions, of_training_phrases
from nlu.danger_model import HARMLESS
from nlu.dangers import DANGERS, DOCTOR_TODAY


def test_every_danger_and_what_only_sounds_like_one_has_many_examples() -> None:
    labels = [label for _, label in mentions()]
    assert set(labels) == DANGERS | {DOCTOR_TODAY, HARMLESS}
    assert min(labels.count(danger) for danger in DANGERS) >= 800
    assert labels.count(DOCTOR_TODAY) >= 400
    assert labels.count(HARMLESS) >= 4000


def test_training_phrases_are_harmless_unless_written_for_a_danger() -> None:
    phrases = [("what is it?", "faq"), ("I want to die", "crisis")]
    assert of_training_phrases(phrases) == [("what is it?", HARMLESS), ("I want to die", "crisis")]


def test_a_buried_text_is_still_there_and_still_what_it_was() -> None:
    ordinary = [f"question {i}" for i in range(9)]
    longer = buried([("my arm is numb", "emergency_symptoms")], ordinary)
    text, label = longer[0]
    assert label == "emergency_symptoms"
    assert "my arm is numb." in text
    assert "question" in text
    assert {label for _, label in longer[1:]} == {HARMLESS}
    assert longer == buried([("my arm is numb", "emergency_symptoms")], ordinary), "the same again"


def test_calm_answers_are_harmless_unless_a_sign_is_in_them() -> None:
    answers = [
        ("consent", "I'm past being told what to do", "yes"),
        ("preventive", "topiramate, and I cannot speak", "yes"),
        ("neck", "my arm has gone weak", "yes"),
    ]
    told = calm_answers(answers, lambda text: "cannot speak" in text)
    assert told == [("I'm past being told what to do", HARMLESS)]
