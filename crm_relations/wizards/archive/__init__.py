from . import crm_archive_proposal_wizard
from . import crm_archive_proposal_line
from . import crm_refusal_wizard
