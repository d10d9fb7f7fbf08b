from . import crm_ladder_mixin
