from . import crm_answer_mixin
from . import crm_step_mixin
from . import crm_request_mixin
from . import crm_four_eyes_mixin
