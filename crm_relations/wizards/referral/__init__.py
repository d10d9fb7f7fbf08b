from . import crm_referral_wizard
from . import crm_refusal_wizard
