"""The door of documents: files that were handed in, and letters that were issued."""

from yimen.foundations.documents.choices import FileKind, LetterPaper
from yimen.foundations.documents.engine.codes import code_svg
from yimen.foundations.documents.engine.filling import filled as fill_workbook
from yimen.foundations.documents.engine.letters import IssuingUnit, Sheet
from yimen.foundations.documents.engine.texts import decoded as decoded_table
from yimen.foundations.documents.engine.word import write_word
from yimen.foundations.documents.engine.workbooks import (
    MOST_COLUMNS,
    cells_in,
    whole,
)
from yimen.foundations.documents.engine.workbooks import Book as Workbook
from yimen.foundations.documents.engine.workbooks import CannotRead as CannotReadWorkbook
from yimen.foundations.documents.engine.workbooks import Table as WorkbookTable
from yimen.foundations.documents.operations import (
    BoundFiles,
    CannotIssue,
    CannotOpen,
    CannotStore,
    CannotVoid,
    OpenedFile,
    bind_files,
    bundle_pages,
    carry_over_papers,
    copy_file,
    discard_file,
    discard_files,
    hand_out_bound,
    hand_out_file,
    issue_letter,
    open_file,
    read_letter,
    seal_letter,
    store_upload,
    straighten_file,
    sweep_files,
    void_letter,
)
from yimen.foundations.documents.queries import file_content, files_of, letter_counts, letters_of, sealed_of

__all__ = [
    "MOST_COLUMNS",
    "BoundFiles",
    "CannotIssue",
    "CannotOpen",
    "CannotReadWorkbook",
    "CannotStore",
    "CannotVoid",
    "FileKind",
    "IssuingUnit",
    "LetterPaper",
    "OpenedFile",
    "Sheet",
    "Workbook",
    "WorkbookTable",
    "bind_files",
    "bundle_pages",
    "carry_over_papers",
    "cells_in",
    "code_svg",
    "copy_file",
    "decoded_table",
    "discard_file",
    "discard_files",
    "file_content",
    "files_of",
    "fill_workbook",
    "hand_out_bound",
    "hand_out_file",
    "issue_letter",
    "letter_counts",
    "letters_of",
    "open_file",
    "read_letter",
    "seal_letter",
    "sealed_of",
    "store_upload",
    "straighten_file",
    "sweep_files",
    "void_letter",
    "whole",
    "write_word",
]
