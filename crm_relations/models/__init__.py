from . import rule
from . import working_time
from . import archive
from . import segment
from . import followup
from . import pool
from . import care
from . import res_config_settings
