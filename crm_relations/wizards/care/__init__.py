from . import crm_care_wizard
from . import crm_care_programme_wizard
from . import crm_postpone_wizard
