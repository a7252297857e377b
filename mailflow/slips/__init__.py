"""What a student owes: virtual account, store barcodes, the paper; slips made elsewhere, checked.
Pure."""

from mailflow.slips.making import SlipError, make_slip
from mailflow.slips.segments import Segments
from mailflow.slips.slip import Slip

__all__ = ["Segments", "Slip", "SlipError", "make_slip"]
