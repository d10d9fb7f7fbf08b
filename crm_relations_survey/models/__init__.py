from . import study
from . import response
