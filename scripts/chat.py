"""Talk to the assistant in the terminal. Starts everything if nothing is running yet."""

import sys
import textwrap
from typing import Any

import requests

from scripts.running import StackFailed, running_stack
from scripts.settings import Settings, SettingsError

WIDTH = 88
GOODBYE_WORDS = {"quit", "exit"}
NO_CONNECTION = "The assistant cannot be reached any more. Start again with 'make chat'."


class Conversation:
    """A conversation over the chat channel; a button can be picked by its number."""

    def __init__(self, chat_url: str) -> None:
        self._url = chat_url
        self._http = requests.Session()
        self._http.trust_env = False
        token = self._http.post(f"{chat_url}/session", timeout=10).json()["token"]
        self._http.headers["Authorization"] = f"Bearer {token}"
        self._buttons: list[dict[str, str]] = []

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send what was typed, or the button that its number stands for; return the replies.

        Raises:
            requests.RequestException: the assistant cannot be reached.
        """
        button = self._button(text)
        body = {"payload": button["payload"]} if button else {"text": text}
        reply = self._http.post(f"{self._url}/messages", json=body, timeout=30).json()
        messages: list[dict[str, Any]] = reply.get("messages") or [{"text": reply["detail"]}]
        self._buttons = [b for message in messages for b in message.get("buttons") or []]
        return messages

    def _button(self, text: str) -> dict[str, str] | None:
        number = int(text) if text.isdecimal() and len(text) < 3 else 0
        return self._buttons[number - 1] if 0 < number <= len(self._buttons) else None


def shown(messages: list[dict[str, Any]]) -> str:
    """The replies as lines for a terminal, their buttons numbered through."""
    lines: list[str] = []
    number = 0
    for message in messages:
        for paragraph in message["text"].split("\n"):
            lines += textwrap.wrap(paragraph, WIDTH) or [""]
        for button in message.get("buttons") or []:
            number += 1
            lines.append(f"  [{number}] {button['title']}")
    return "\n".join(lines)


def main() -> int:
    try:
        with running_stack(Settings.from_environment()) as chat_url:
            return _talk(Conversation(chat_url))
    except (SettingsError, StackFailed) as error:
        print(error, file=sys.stderr)
    except requests.RequestException:
        print(NO_CONNECTION, file=sys.stderr)
    return 1


def _talk(conversation: Conversation) -> int:
    print('Type a question, or the number of a choice; "quit" or Ctrl-D ends.\n')
    print(shown(conversation.say("hello")))
    while True:
        try:
            text = input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return 0
        if text.lower() in GOODBYE_WORDS:
            return 0
        print("\n" + shown(conversation.say(text)))


if __name__ == "__main__":
    sys.exit(main())
