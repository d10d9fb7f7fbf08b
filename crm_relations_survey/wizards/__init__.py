from . import study
from . import collect
from . import loop
from . import wave
