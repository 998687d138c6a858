"""The help as data: what F1 shows on each screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page of help."""

    title: str
    text: tuple[str, ...]
    keys: tuple[tuple[str, str], ...] = ()
    """Key and what it does."""

    def paragraphs(self) -> list[str]:
        """The page as paragraphs of plain text, the keys last."""
        keys = "\n".join(f"{key:<16}{does}" for key, does in (*self.keys, *EVERYWHERE))
        return [*self.text, keys]


EVERYWHERE = (
    ("F1", "this help"),
    ("F9", "try to store again, when storing fails"),
    ("Ctrl+Q", "quit; your work is kept and offered again next time"),
)

START = HelpPage(
    "Starting",
    ("Go on with a sitting that was begun on this machine, or begin a new one.",),
    (("Up, Down", "choose"), ("Enter", "take what is chosen")),
)
REGISTRATION = HelpPage(
    "Registering",
    (
        "The code is what your instructor gave you; without one, take any word you will remember. Use the same code"
        " each time. Your name may be written in any alphabet. An e-mail address is not needed.",
    ),
    (("Tab, Enter", "next field; Enter at the last one begins"), ("Esc", "back")),
)
CONSENT = HelpPage(
    "Consent",
    ("Read the text, then say whether you agree. Without your agreement nothing is scored.",),
    (
        ("Up, Down", "scroll"),
        ("A", "I agree"),
        ("N", "I do not agree"),
        ("Tab, Enter", "choose with the buttons"),
    ),
)
BRIEFING = HelpPage(
    "Before the patient",
    ("This is what you know on the way. The clock starts when you walk in.",),
    (("Enter", "walk in"),),
)
ENCOUNTER = HelpPage(
    "With the patient",
    (
        "Type what you say, look for, measure or give, in your own words, and press Enter. Talk to the patient, to"
        " other people on scene and to your crewmate, who carries out what you order.",
        'Ask: "When did this start?"\nExamine: "listen to the chest"\nMeasure: "blood pressure"\n'
        'Treat: name the drug or device, the dose and the route\nWait: "wait two minutes"\nFinish: "end scenario"',
        "A vital sign shows once you have measured it; it stays live while its sensor is on. The clock runs while you"
        " read and type.",
    ),
    (
        ("Enter", "say it"),
        ("Up, Down", "your earlier lines"),
        ("PageUp, PageDn", "read the conversation"),
        ("F2", "dispatch card"),
        ("F3", "write a note for yourself"),
        ("F4", "findings"),
        ("F5", "your notes"),
        ("Esc", "back to the line"),
        ("F10", "finish the case"),
    ),
)
REFLECTION = HelpPage(
    "Your own view",
    ("Before anything is scored: how did it go? Every field may stay empty.",),
    (("Tab", "next field"), ("F10", "go on to the debrief")),
)
DEBRIEF = HelpPage(
    "Debrief",
    (
        "What went well, what to improve and what to take along. Each point names the minute, the patient's values then"
        " and what you typed.",
    ),
    (("Up, Down", "scroll"), ("PageUp, PageDn", "scroll by pages"), ("F10", "go on")),
)
END = HelpPage("The end", ("This sitting is over and stored.",), (("Enter", "close the program"),))
