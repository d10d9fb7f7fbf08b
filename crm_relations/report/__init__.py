from . import segment
from . import followup
from . import pool
from . import care
from . import callback
from . import work_report
from . import club
from . import activity
