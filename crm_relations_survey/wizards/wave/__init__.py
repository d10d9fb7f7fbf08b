from . import crm_satisfaction_wave_import
from . import crm_satisfaction_wave_import_column
from . import crm_satisfaction_wave_import_line
from . import crm_satisfaction_wave_import_term
from . import crm_satisfaction_wave_import_words
from . import crm_satisfaction_wave_import_read
from . import crm_satisfaction_wave_import_run
