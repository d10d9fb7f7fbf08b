from . import wave
