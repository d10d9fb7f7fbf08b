from . import crm_handover_mixin
from . import crm_handover_item
from . import mail_activity
from . import crm_pool_open_work
from . import crm_pool_first_contact
from . import crm_pool_batch_items
from . import crm_pool_batch_followers
from . import crm_pool_batch_closing
