from . import study
from . import response
from . import wave
