from . import crm_refusal_wizard
from . import crm_account_team_wizard
