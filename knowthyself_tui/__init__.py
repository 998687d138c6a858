"""Know Thyself: simulated patients for paramedic and medical students. Training only."""

__version__ = "0.1.0"
