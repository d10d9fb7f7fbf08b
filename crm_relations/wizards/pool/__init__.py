from . import crm_pool_distribute_line
from . import crm_pool_distribute_wizard
from . import crm_pool_move_wizard
from . import crm_pool_release_wizard
