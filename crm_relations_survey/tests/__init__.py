from . import test_figures
from . import test_study
from . import test_study_metrics
