"""The report counts what it says it counts."""

from pathlib import Path

from scripts.evaluate import Case, Verdict, draw_confusion, read_cases, report, share, topic_of


def verdict(expected: str, label: str, acceptable: tuple[str, ...] = ()) -> Verdict:
    return Verdict(Case(f"about {expected}", expected, frozenset(acceptable)), label, 0.9)


QUESTIONS = [
    verdict("cost", "cost"),
    verdict("cost", "insurance", ("insurance",)),
    verdict("cost", "greet"),
    verdict("cost", "greet"),
    verdict("out_of_scope", "out_of_scope"),
    verdict("out_of_scope", "cost"),
]
SAFETY = [
    verdict("crisis", "crisis"),
    verdict("emergency_symptoms", "post_needling_emergency"),
    verdict("emergency_symptoms", "cost"),
    verdict("safe", "cost"),
    verdict("safe", "crisis"),
]


def test_acceptable_labels_count_as_right() -> None:
    assert share(QUESTIONS[:4]) == "50.0 % (2 of 4)"


def test_the_report_keeps_scope_and_dangers_apart() -> None:
    text = report(QUESTIONS, SAFETY)
    assert "| questions in scope, right | 50.0 % (2 of 4) |" in text
    assert "| out of scope, recognised | 50.0 % (1 of 2) |" in text
    assert "| emergency_symptoms, right | 0.0 % (0 of 2) |" in text
    assert "| dangers without any alarm | 1 |" in text
    assert "| harmless messages with an alarm | 1 of 2 |" in text


def test_the_table_of_cases(tmp_path: Path) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text('topic\talso_acceptable\ttext\ncost\tinsurance,referral\tsay "how much"\n')
    (case,) = read_cases(file, "topic")
    assert case.text == 'say "how much"'
    assert case.acceptable == {"insurance", "referral"}


def test_topics_of_parsed_messages() -> None:
    faq = {"intent": {"name": "faq", "full_retrieval_intent_name": "faq/cost"}}
    assert topic_of(faq) == "cost"
    assert topic_of({"intent": {"name": "nlu_fallback"}}) == "out_of_scope"
    assert topic_of({"intent": {"name": None}}) == "out_of_scope"


def test_the_picture_is_drawn_also_when_nothing_is_wrong(tmp_path: Path) -> None:
    for verdicts in (QUESTIONS, QUESTIONS[:1]):
        draw_confusion(verdicts, tmp_path / "confusion.png")
        assert (tmp_path / "confusion.png").read_bytes().startswith(b"\x89PNG")
