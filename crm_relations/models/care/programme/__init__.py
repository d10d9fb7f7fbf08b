from . import crm_care_rule_programme
from . import crm_care_line_mixin
from . import crm_care_preset
from . import crm_care_preset_line
from . import crm_care_programme_line
from . import crm_care_programme_line_words
from . import ir_module_module
