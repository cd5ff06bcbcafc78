"""What the tests of the clients ask, and with which key."""

from coach.models.chat import Message

KEY = "sk-very-secret"
ASK = [Message("system", "Be brief."), Message("user", "My answer: I led it.")]
