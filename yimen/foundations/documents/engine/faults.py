"""The one way out of reading a bad file."""

from yimen.kernel.faults import Fault


class BadContent(Exception):
    """Raised inside the reading of a file and turned into its Fault at the door; nobody else sees it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = Fault(code, sentence)
