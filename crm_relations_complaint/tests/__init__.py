from . import test_effects_customer
from . import test_effects_told
from . import test_figures_pareto
from . import test_hand_over
from . import test_register
