"""What a panel says when its question to the store failed: what still stands, what to do, and a diagnosis to copy."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from ..widgets.state_pane import StateAction, StatePane
from . import format as fmt

MOST = 2_000  # characters of a diagnosis


def trouble_pane(headline: str, code: str, detail: str, again: Callable[[], None]) -> StatePane:
    """The pane; `detail` goes to the clipboard alone: it may quote what a citizen wrote."""
    say = QCoreApplication.translate
    at = fmt.clock_seconds(int(time.time()))
    text = say("Trouble", "本机数据文件读不出来。服务器上的数据和未发出的指令都没有丢。重试，或重启程序由它自动重建。")
    actions = (
        StateAction(say("Trouble", "重试"), "F5", "retry", True),
        StateAction(say("Trouble", "复制诊断"), "", "copy"),
    )
    pane = StatePane("alert-triangle", headline, text, actions, f"{say('Trouble', '编号')} {code} {at}", "lamp_red")

    def act(name: str) -> None:
        if name == "copy":
            QGuiApplication.clipboard().setText(f"{code} {at}\n{headline}\n{detail[:MOST]}")
        else:
            again()

    pane.chosen.connect(act)
    return pane
