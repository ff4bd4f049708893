"""Screening and provider search over HTTP. An own Python project: it never imports Rasa."""
