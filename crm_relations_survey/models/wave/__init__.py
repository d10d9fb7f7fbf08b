from . import crm_satisfaction_wave
from . import crm_satisfaction_wave_score
from . import crm_satisfaction_study
