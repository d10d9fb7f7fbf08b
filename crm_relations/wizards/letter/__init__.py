from . import crm_letter_wizard
