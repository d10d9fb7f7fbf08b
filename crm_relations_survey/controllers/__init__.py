from . import satisfaction_answers
