from . import res_partner
from . import crm_letter_sheet
from . import crm_care_rule
from . import crm_care_task
from . import crm_letter_run
from . import crm_letter_run_print
