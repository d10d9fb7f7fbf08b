from . import register
from . import effects
