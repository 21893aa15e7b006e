"""Asking a person at the foot of a page: a choice by digit or a line of text, then what was chosen happens. UI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from ..widgets.choice_list import Choice, ChoiceList
from ..widgets.command_bar import CommandBar
from .acting import Option


class Asking(QObject):
    """`ended()` when the keyboard is free again."""

    ended = Signal()

    def __init__(self, bar: CommandBar, choices: ChoiceList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar, self._choices = bar, choices
        self._options: Sequence[Option] = ()
        self._answer: Callable[[str], None] | None = None
        bar.answered.connect(self._answered)
        bar.left.connect(self._left)
        bar.phrase_wanted.connect(choices.take)
        choices.chosen.connect(self._chosen)
        choices.left.connect(self.ended)

    @property
    def busy(self) -> bool:
        """Whether it waits for a person."""
        return self._bar.asking or self._choices.isVisible()

    def choose(self, title: str, options: Sequence[Option]) -> None:
        """Offers up to nine choices."""
        self._options = options
        self._choices.offer(title, [Choice(o.text, o.detail) for o in options])

    def ask(self, topic: str, prompt: str, answer: Callable[[str], None], phrases: Sequence[str] = ()) -> None:
        """Asks for a line of text, with ready phrases by Ctrl and a digit. What was begun under a topic is kept."""
        self._answer = answer
        self._bar.ask(topic, prompt)
        if phrases:
            self._options = [Option(p, partial(self._bar.insert, p)) for p in phrases]
            self._choices.offer("", [Choice(p) for p in phrases], prefix="Ctrl ")

    def _answered(self, text: str) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer(text)

    def _left(self) -> None:
        self._choices.withdraw()
        if not self.busy:
            self.ended.emit()

    def _chosen(self, row: int) -> None:
        if row < len(self._options):
            self._options[row].act()
        if not self.busy:
            self.ended.emit()
