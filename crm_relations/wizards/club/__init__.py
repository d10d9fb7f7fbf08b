from . import crm_club_invite_wizard
from . import crm_club_benefit_wizard
from . import crm_club_level_wizard
from . import loyalty_card_update_balance
from . import loyalty_generate_wizard
from . import base_partner_merge
