from . import test_desk
from . import test_desk_tour
from . import test_effects_customer
from . import test_effects_my_day
from . import test_effects_told
from . import test_figures
from . import test_figures_pareto
from . import test_hand_over
from . import test_register
from . import test_clock
from . import test_clock_policy
from . import test_escalation
<<<<<<< HEAD
from . import test_closing
from . import test_crisis
from . import test_remedy
=======
from . import test_clock_tour
>>>>>>> main
