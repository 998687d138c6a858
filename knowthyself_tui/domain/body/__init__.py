"""A small mechanistic body: physiology, pharmacology and latent disease in whole seconds, without chance of its own."""

from knowthyself_tui.domain.body.applied import Applied
from knowthyself_tui.domain.body.diseases import CONDITION_NAMES
from knowthyself_tui.domain.body.engine import ENGINE_VERSION, Body
from knowthyself_tui.domain.body.forcing import FORCED_NAMES
from knowthyself_tui.domain.body.patient import Patient
from knowthyself_tui.domain.body.tables import CONSTANTS, Constant

__all__ = ["CONDITION_NAMES", "CONSTANTS", "ENGINE_VERSION", "FORCED_NAMES", "Applied", "Body", "Constant", "Patient"]
