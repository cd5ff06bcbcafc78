"""What Gradio keeps of each session: a copy of the first one's, for it would describe every component anew.

Each browser tab is a session, and so is each call by a script that names none. Describing our pages takes most of the
processor time of such a call, and as much memory as a copy takes for hundreds.
"""

from copy import copy
from typing import Any

from gradio.state_holder import SessionState, StateHolder


class _Session(SessionState):
    def another(self) -> "_Session":
        """Return a session in which nothing has happened yet; it shares descriptions until they change."""
        new = copy(self)
        new.blocks_config = copy(self.blocks_config)
        new.config_values = dict(self.config_values)
        new.state_data, new._state_ttl = {}, {}
        return new

    def _update_value_in_config(self, key: int, value: Any) -> None:
        described = self.config_values.get(key)
        if described is not None and "props" in described:
            self.config_values[key] = {**described, "props": {**described["props"], "value": value}}
        else:
            super()._update_value_in_config(key, value)


class _Sessions(StateHolder):
    def __init__(self, blocks: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.set_blocks(blocks)
        self._first = _Session(blocks)

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = self._first.another()
        return super().__getitem__(session_id)


def keep_sessions(blocks: Any) -> None:
    """Keep the sessions of an app, running `Blocks`, from here on this way."""
    blocks.app.state_holder = _Sessions(blocks)
