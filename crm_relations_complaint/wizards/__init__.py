from . import register
from . import clock
