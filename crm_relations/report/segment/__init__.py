from . import crm_tier_migration
from . import crm_relationship_report
