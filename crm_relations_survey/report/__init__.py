from . import effects
from . import figures
from . import reporting
