from . import segment
from . import followup
