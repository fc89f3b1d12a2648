"""Mends a race of pynetdicom 3.0.4, for the scripts here that import it.

While a request waits for its answer, the association's own thread is to be paused. It says that it is paused before it waits, and
takes that back only after it has run on: on a busy machine the next request then believes it, the thread takes the answer away,
aborts the association, and the request never hears. Here the thread takes it back first, and looks once more.
"""
from threading import Event

from pynetdicom.association import Association


class _Pause(Event):
    def __init__(self, association):
        super().__init__()
        self.association = association
        self.set()

    def wait(self, timeout=None):
        while super().wait(timeout):
            self.association._is_paused = False
            if self.is_set():
                return True
            self.association._is_paused = True
        return False


_initialise = Association.__init__


def _initialise_with_pause(association, *arguments, **named):
    _initialise(association, *arguments, **named)
    association._reactor_checkpoint = _Pause(association)


Association.__init__ = _initialise_with_pause
