from . import crm_handover_preview
from . import crm_refusal_wizard
from . import crm_account_team_wizard
