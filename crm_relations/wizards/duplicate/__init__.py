from . import crm_duplicate_ignore_wizard
