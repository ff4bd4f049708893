"""Rasa's responses, with the emergency numbers of the clinic's country filled in.

Set in endpoints.yml. Actions that name a response get them as well, since Rasa words it.
"""

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig

from channels.emergency_numbers import COUNTRIES, numbers_in


class LocalResponses(TemplatedNaturalLanguageGenerator):
    """Rasa's own generator, with a few more variables than the slots."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        """`endpoint_config` has the `country`, one of `COUNTRIES`.

        Raises:
            ValueError: there is no such country.
        """
        super().__init__(domain.responses)
        country = endpoint_config.kwargs.get("country")
        if country not in COUNTRIES:
            raise ValueError(f"endpoints.yml, nlg: country must be one of {', '.join(COUNTRIES)}.")
        self.numbers = numbers_in(country)

    def _fill_response(
        self,
        response: dict[str, Any],
        filled_slots: dict[str, Any] | None = None,
        **values: Any,
    ) -> dict[str, Any]:
        filled: dict[str, Any] = super()._fill_response(
            response, filled_slots, **{**values, **self.numbers}
        )
        return filled
