"""What did the student mean: a typed line and its context become acts with slots."""

from knowthyself_tui.language.jsonl import understand_jsonl
from knowthyself_tui.language.reader import read
from knowthyself_tui.language.reading import Context, Reading

__all__ = ["Context", "Reading", "read", "understand_jsonl"]
