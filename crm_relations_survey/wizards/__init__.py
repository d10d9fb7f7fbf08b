from . import study
from . import wave
