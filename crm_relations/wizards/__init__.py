from . import care
from . import working_time
from . import segment
from . import followup
from . import pool
from . import callback
