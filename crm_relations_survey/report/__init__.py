from . import effects
from . import figures
