from . import test_study_metrics
