"""The workshop of setup/ is tested without Odoo: these tests run alone as well."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "setup"))
