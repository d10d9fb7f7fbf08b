from . import test_study
