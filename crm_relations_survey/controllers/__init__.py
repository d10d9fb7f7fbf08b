from . import satisfaction_answers
from . import satisfaction_entrance
from . import satisfaction_survey
from . import satisfaction_tablet
