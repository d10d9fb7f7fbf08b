from . import register
from . import investigation
from . import remedy
from . import closing
from . import crisis
