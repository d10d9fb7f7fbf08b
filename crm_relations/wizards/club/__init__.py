from . import crm_club_invite_wizard
from . import crm_club_benefit_wizard
from . import crm_club_level_wizard
