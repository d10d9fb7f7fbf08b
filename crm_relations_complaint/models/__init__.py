from . import register
from . import intake
from . import effects
