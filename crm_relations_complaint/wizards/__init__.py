from . import register
from . import clock
from . import investigation
from . import remedy
from . import closing
from . import crisis
from . import intake
