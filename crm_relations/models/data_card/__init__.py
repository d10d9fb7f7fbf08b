from . import res_partner_card
from . import res_partner_card_find
from . import res_partner_card_tell
