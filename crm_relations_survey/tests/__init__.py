from . import test_figures
from . import test_study
from . import test_study_map
from . import test_study_metrics
from . import test_response
from . import test_response_scoring
from . import test_wave_import
from . import test_wave_table
