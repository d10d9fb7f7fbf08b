from . import test_effects_customer
from . import test_effects_told
from . import test_figures_pareto
from . import test_hand_over
from . import test_register
from . import test_clock
from . import test_clock_policy
from . import test_escalation
