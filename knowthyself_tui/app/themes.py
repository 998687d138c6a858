"""The colours: one theme, named by role; style sheets use its variables only."""

from __future__ import annotations

from textual.theme import Theme

NIGHT = Theme(
    name="knowthyself-night",
    primary="#5fb3d4",
    secondary="#8fa8b8",
    accent="#e0a84e",
    foreground="#dfe7ea",
    background="#0e1518",
    surface="#151f24",
    panel="#1d2a31",
    success="#7bc48a",
    warning="#e3b04b",
    error="#e5746b",
    dark=True,
    variables={
        "voice-student": "#9fd3ea",
        "voice-patient": "#f2d3a0",
        "voice-bystander": "#d5b8e8",
        "voice-crewmate": "#a9d9b0",
        "vital-live": "#8fe3a4",
    },
)
