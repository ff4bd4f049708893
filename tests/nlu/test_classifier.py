"""The classifier in Rasa: intents, retrieval intents and the response that belongs to them."""

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier import TopicClassifier, response_selection
from nlu.featurizer import SentenceFeaturizer

CONTEXT = ExecutionContext(GraphSchema({}), node_name="classifier")
RESOURCE = Resource("classifier")


def example(text: str, intent: str) -> Message:
    data = {TEXT: text, INTENT: intent.partition("/")[0]}
    if "/" in intent:
        data[INTENT_RESPONSE_KEY] = intent
    return Message(data=data)


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    return LocalModelStorage(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def featurizer(storage: LocalModelStorage) -> SentenceFeaturizer:
    config = SentenceFeaturizer.get_default_config()
    return SentenceFeaturizer.create(config, storage, Resource("featurizer"), CONTEXT)


@pytest.fixture(scope="module")
def classifier(storage: LocalModelStorage, featurizer: SentenceFeaturizer) -> TopicClassifier:
    """Trained, saved and loaded again."""
    data = TrainingData(
        [example(t, "faq/cost") for t in ("what does it cost", "the price", "how much is it")]
        + [example(t, "faq/cost") for t in ("is it expensive", "fees?")]
        + [example(t, "greet") for t in ("hello", "hi there", "good morning", "hey", "hiya")]
        + [example(t, "stop") for t in ("stop", "cancel that", "never mind", "forget it")]
    )
    config = {**TopicClassifier.get_default_config(), "min_examples": 1, "calibration_folds": 2}
    featurizer.process_training_data(data)
    TopicClassifier.create(config, storage, RESOURCE, CONTEXT).train(data)
    return TopicClassifier.load(config, storage, RESOURCE, CONTEXT)


def understood(text: str, featurizer: SentenceFeaturizer, classifier: TopicClassifier) -> Message:
    return classifier.process(featurizer.process([Message(data={TEXT: text})]))[0]


def test_a_question_selects_its_response(
    featurizer: SentenceFeaturizer, classifier: TopicClassifier
) -> None:
    message = understood("how much do they charge", featurizer, classifier)
    assert message.get(INTENT)["name"] == "faq"
    selected = message.get("response_selector")["faq"]["response"]
    assert selected["intent_response_key"] == "faq/cost"
    assert selected["utter_action"] == "utter_faq/cost"


def test_other_intents_keep_their_name(
    featurizer: SentenceFeaturizer, classifier: TopicClassifier
) -> None:
    message = understood("good evening", featurizer, classifier)
    assert message.get(INTENT)["name"] == "greet"
    assert message.get("intent_ranking")[0]["name"] == "greet"


def test_an_empty_message_has_no_intent(
    featurizer: SentenceFeaturizer, classifier: TopicClassifier
) -> None:
    message = understood("", featurizer, classifier)
    assert message.get(INTENT) == {"name": None, "confidence": 0.0}


def test_only_retrieval_intents_are_selected_from() -> None:
    ranking = [
        {"name": "greet", "confidence": 0.5},
        {"name": "faq/cost", "confidence": 0.3},
        {"name": "faq/insurance", "confidence": 0.2},
    ]
    selection = response_selection(ranking)
    assert selection["all_retrieval_intents"] == ["faq"]
    assert selection["faq"]["response"]["utter_action"] == "utter_faq/cost"
    assert [r["intent_response_key"] for r in selection["faq"]["ranking"]] == [
        "faq/cost",
        "faq/insurance",
    ]
