from . import register
from . import clock
from . import intake
