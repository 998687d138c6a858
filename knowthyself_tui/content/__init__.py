"""The only reader of scenario files."""

from knowthyself_tui.content.library import Library, LoadedScenario

__all__ = ["Library", "LoadedScenario"]
