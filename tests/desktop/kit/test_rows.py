"""Rows of forms one under the other: one line for all fields, words in the middle of theirs."""

from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.kit.rows import align


def test_fields_of_several_forms_begin_at_one_line(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, fields = QVBoxLayout(page), []
    forms = []
    for words in ("Un", "Une étiquette bien plus longue"):
        form, field = QFormLayout(), QLineEdit()
        form.addRow(words, field)
        column.addLayout(form)
        forms.append(form)
        fields.append(field)
    align(*forms)
    page.resize(400, 200)
    with qtbot.waitExposed(page):
        page.show()
    assert len({field.x() for field in fields}) == 1
    for form, field in zip(forms, fields, strict=True):
        label = form.labelForField(field)
        assert isinstance(label, QLabel)
        assert abs(label.geometry().center().y() - field.geometry().center().y()) <= 1
