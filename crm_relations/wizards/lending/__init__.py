from . import crm_archive_loan_wizard
from . import crm_refusal_wizard
