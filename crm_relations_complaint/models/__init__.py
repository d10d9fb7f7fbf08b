from . import register
from . import clock
from . import escalation
from . import intake
from . import effects
from . import desk
