"""Photos for the case in hand, by file, paste or drop: taken in, then kept with the command that fits where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from ..domain.case import Case, State
from ..domain.command import Command, Ground, Refusal
from ..domain.decide import decide
from ..domain.workflow import Kind, Step, Verified
from ..store import queries
from . import words
from .acting import Option
from .desk import Desk
from .hands import Hands
from .pictures import Picture, Pictures, Taken, sources_in, why_not
from .questions import Questions


class PhotoHands(QObject):
    """One at a time: a second paste before the first was kept adds to it."""

    def __init__(self, desk: Desk, questions: Questions, pictures: Pictures, hands: Hands) -> None:
        super().__init__(hands)
        self._desk, self._questions, self._pictures, self._hands = desk, questions, pictures, hands
        self._case = 0
        self._waiting = 0
        self._addresses: list[str] = []
        self._refused: list[str] = []

    def paste(self) -> None:
        """Ctrl+V: the pictures on the clipboard."""
        mime = QGuiApplication.clipboard().mimeData()
        self.add(sources_in(mime) if mime is not None else [])

    def add(self, sources: Sequence[Picture]) -> None:
        """Takes pictures in for the selected case, and asks what they show."""
        case = self._desk.selected
        if not sources:
            return
        if not case:
            self._hands.results.say(self.tr("先选一件案件，再加照片"))
            return
        if self._desk.real(self._case) != case or (not self._waiting and not self._hands.choosing):
            self._case, self._addresses, self._refused = case, [], []
        self._waiting += len(sources)
        self._hands.results.say(self.tr("正在处理{n}张照片").format(n=self._waiting))
        self._pictures.take(sources, self._taken)

    def _taken(self, taken: Taken) -> None:
        self._waiting -= 1
        if taken.code:
            self._refused.append(why_not(taken))
        else:
            self._addresses.append(taken.address)
        if self._waiting:
            return
        if self._refused:
            self._hands.results.say("；".join(self._refused), "warning")
        else:
            self._hands.results.say("")
        if self._addresses:
            number = self._desk.real(self._case)
            self._questions.ask("photos.case", lambda c: queries.case(c, number), self._offer)

    def _offer(self, case: Case | None) -> None:
        if case is None or self._desk.real(self._case) != case.id:
            return
        options = self.options(case, tuple(self._addresses))
        if options:
            self._hands.choose(case, self.tr("{n}张照片怎样存").format(n=len(self._addresses)), options)
        else:
            self._hands.results.say(self.tr("{number} 现在不能加照片").format(number=case.number), "warning")

    def options(self, case: Case, photos: tuple[str, ...]) -> list[Option]:
        """What the person may do with pictures where the case stands; what moves it on comes first."""
        pictures = list(photos)
        found: list[Option] = []

        def direct(text: str, kind: Kind, **args: Any) -> None:
            if self._may(case, kind, {**args, "photos": pictures}):
                found.append(Option(text, partial(self._hands.act, [case], kind, **args, photos=pictures)))

        def asking(text: str, prompt: str, kind: Kind, name: str, **args: Any) -> None:
            if self._may(case, kind, {**args, name: "…", "photos": pictures}):
                found.append(
                    Option(text, partial(self._hands.ask, [case], prompt, kind, name, **args, photos=pictures))
                )

        asking(self.tr("处置后照片，反馈"), self.tr("怎样办的"), Kind.FEED_BACK, "text")
        direct(self.tr("核查通过"), Kind.CHECK, result="pass")
        asking(self.tr("核查不达标"), self.tr("哪里不达标"), Kind.CHECK, "reason", result="fail")
        if case.state is State.VERIFYING:
            for result in Verified:
                direct(words.code(result.value), Kind.VERIFIED, result=result.value)
        direct(self.tr("存入流转，不写话"), Kind.PROGRESS, step=Step.COMMENT.value)
        asking(self.tr("写一句话再存"), self.tr("备注，@ 提到单位"), Kind.PROGRESS, "text", step=Step.COMMENT.value)
        actor = self._desk.actor
        if actor is not None and (actor.unit or case.state is State.HANDLING):
            for step in (Step.ARRIVE, Step.WORK):
                direct(words.step(step.value), Kind.PROGRESS, step=step.value)
        return found

    def _may(self, case: Case, kind: Kind, args: Mapping[str, Any]) -> bool:
        site, actor, now = self._desk.site, self._desk.actor, self._desk.now()
        if site is None or actor is None:
            return False
        trial = Command("00000000-0000-4000-8000-000000000000", kind.value, case.id, case.ver, args, now)
        return not isinstance(decide(case, trial, Ground(site, actor, now)), Refusal)
