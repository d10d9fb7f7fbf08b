from . import study
from . import response
from . import wave
from . import collect
from . import check
from . import loop
from . import effects
