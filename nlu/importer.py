"""Reads the training data like Rasa's own importer, without some false alarms.

They would hide the warnings that matter: `scripts/prepare.py` fails on any warning.
"""

import warnings

from rasa.shared.importers.rasa import RasaFileImporter

FALSE_ALARMS = (
    # A retrieval intent has to be in domain.yml for the rules, and Rasa adds it again by itself.
    r".*duplicated intents have been found across multiple domain files: faq",
    # Rasa looks in stories and rules only; tests/content looks in actions/ and channels/, too.
    r".*The utterance 'utter_\w+' is not used in any story or rule",
    # Rasa knows one class that selects responses; here nlu.classifier.TopicClassifier does.
    r".*examples for training a response selector",
    # Set by the safety net; nothing that people write is an example of them.
    r".*The intent '(check_danger|check_crisis|alarm_over)' is listed in the domain file",
)


class NeedlewiseImporter(RasaFileImporter):
    """Rasa's file importer; loading it silences the false alarms above."""


for _message in FALSE_ALARMS:
    warnings.filterwarnings("ignore", message=_message)
