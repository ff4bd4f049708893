"""See tensorflow_standin.py."""

from tensorflow_standin import stand_in

stand_in(__name__)
