from . import crm_reason
from . import crm_ownership_off_mixin
from . import crm_decision_mixin
from . import crm_rule_sentence
from . import crm_rule_mixin
from . import crm_decision_queue
from . import crm_decision_preview
from . import res_company
<<<<<<< HEAD
from . import res_company_ownership
from . import res_partner
from . import res_partner_write
from . import res_partner_answers
=======
from . import res_groups
from . import res_partner
from . import res_partner_take_in
from . import crm_take_in
>>>>>>> main
from . import res_users
from . import res_partner_history
from . import crm_partner_link
from . import crm_partner_link_facts
from . import crm_partner_link_rows
from . import res_partner_links
from . import base_partner_merge
