"""The classifier in Rasa: intents, retrieval intents and the response that belongs to them."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier import TopicClassifier
from nlu.featurizer import SentenceFeaturizer
from nlu.normalization import TextNormalizer, project_normalizer

CONTEXT = ExecutionContext(GraphSchema({}), node_name="classifier")
RESOURCE = Resource("classifier")
CONFIG = {**TopicClassifier.get_default_config(), "min_examples": 1, "calibration_folds": 2}


def example(text: str, intent: str) -> Message:
    data = {TEXT: text, INTENT: intent.partition("/")[0]}
    if "/" in intent:
        data[INTENT_RESPONSE_KEY] = intent
    return Message(data=data)


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def normalizer() -> TextNormalizer:
    return TextNormalizer(project_normalizer())


@pytest.fixture(scope="module")
def featurizer(storage: LocalModelStorage) -> SentenceFeaturizer:
    config = SentenceFeaturizer.get_default_config()
    return SentenceFeaturizer.create(config, storage, Resource("featurizer"), CONTEXT)


@pytest.fixture(scope="module")
def classifier(
    storage: LocalModelStorage, normalizer: TextNormalizer, featurizer: SentenceFeaturizer
) -> TopicClassifier:
    """Trained, saved and loaded again."""
    data = TrainingData(
        [example(t, "faq/cost") for t in ("what does it cost", "the price", "how much is it")]
        + [example(t, "faq/cost") for t in ("is it expensive", "fees?", "is it dear")]
        + [example(t, "faq/does_it_hurt") for t in ("does it hurt", "is it painful", "will I feel")]
        + [example(t, "faq/does_it_hurt") for t in ("is it sore", "pain?", "ouch or not")]
        + [example(t, "greet") for t in ("hello", "hi there", "good morning", "hey", "hiya")]
        + [example(t, "stop") for t in ("stop", "cancel that", "never mind", "forget it")]
    )
    featurizer.process_training_data(normalizer.process_training_data(data))
    TopicClassifier.create(CONFIG, storage, RESOURCE, CONTEXT).train(data)
    return TopicClassifier.load(CONFIG, storage, RESOURCE, CONTEXT)


def understood(
    text: str,
    normalizer: TextNormalizer,
    featurizer: SentenceFeaturizer,
    classifier: TopicClassifier,
) -> Message:
    message = Message(data={TEXT: text})
    return classifier.process(featurizer.process(normalizer.process([message])))[0]


def test_a_question_selects_its_response(
    normalizer: TextNormalizer, featurizer: SentenceFeaturizer, classifier: TopicClassifier
) -> None:
    message = understood("how much do they charge", normalizer, featurizer, classifier)
    assert message.get(INTENT)["name"] == "faq"
    selected = message.get("response_selector")["faq"]["response"]
    assert selected["intent_response_key"] == "faq/cost"
    assert selected["utter_action"] == "utter_faq/cost"


def test_other_intents_keep_their_name(
    normalizer: TextNormalizer, featurizer: SentenceFeaturizer, classifier: TopicClassifier
) -> None:
    message = understood("good evening", normalizer, featurizer, classifier)
    assert message.get(INTENT)["name"] == "greet"
    assert message.get("intent_ranking")[0]["name"] == "greet"


def test_an_empty_message_has_no_intent(
    normalizer: TextNormalizer, featurizer: SentenceFeaturizer, classifier: TopicClassifier
) -> None:
    message = understood("", normalizer, featurizer, classifier)
    assert message.get(INTENT) == {"name": None, "confidence": 0.0}


def test_two_questions_are_found_with_what_rasa_needs_for_the_second(
    normalizer: TextNormalizer, featurizer: SentenceFeaturizer, classifier: TopicClassifier
) -> None:
    message = understood("hello there. what are your fees", normalizer, featurizer, classifier)
    assert message.get("second") is None, "a greeting is no question"
    message = understood("is it dear? and does it hurt?", normalizer, featurizer, classifier)
    both = {message.get("response_selector")["faq"]["response"]["utter_action"]}
    both.add(message.get("second")["response_selector"]["faq"]["response"]["utter_action"])
    assert both == {"utter_faq/cost", "utter_faq/does_it_hurt"}
    assert message.get("second")["text"] in ("is it dear?", "does it hurt?")


def test_what_is_not_sure_comes_with_an_offer(
    storage: LocalModelStorage, normalizer: TextNormalizer, featurizer: SentenceFeaturizer
) -> None:
    never_sure = {**CONFIG, "sure": 1.1, "possible": 1e-30}
    classifier = TopicClassifier.load(never_sure, storage, RESOURCE, CONTEXT)
    message = understood("what are your fees", normalizer, featurizer, classifier)
    assert message.get(INTENT)["name"] == "nlu_fallback"
    assert message.get("offered") == ["faq/cost", "faq/does_it_hurt"]


def test_the_last_topic_is_part_of_understanding(
    normalizer: TextNormalizer, featurizer: SentenceFeaturizer, classifier: TopicClassifier
) -> None:
    talk = [BotUttered("...", metadata={"utter_action": "utter_faq/cost"})]
    tracker = DialogueStateTracker.from_events("test", talk)
    message = featurizer.process(normalizer.process([Message(data={TEXT: "per visit?"})]))
    in_context = classifier.process(message, tracker)[0].get("intent_ranking")
    alone = classifier.process(message)[0].get("intent_ranking")

    def likelihood(ranking: list[dict[str, Any]]) -> float:
        return sum(float(c["confidence"]) for c in ranking if c["name"] == "faq/cost")

    assert likelihood(in_context) > likelihood(alone)
