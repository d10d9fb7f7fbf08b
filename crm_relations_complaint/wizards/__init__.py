from . import register
from . import intake
