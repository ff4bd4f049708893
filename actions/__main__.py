"""Serve the actions on the loopback interface: `python -m actions PORT`.

The SDK's own command listens on every interface, without authentication.
"""

import logging
import sys

from rasa_sdk.endpoint import create_app

from channels.log import protect_logs

if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    protect_logs()
    create_app("actions").run("127.0.0.1", int(sys.argv[1]), access_log=False)
