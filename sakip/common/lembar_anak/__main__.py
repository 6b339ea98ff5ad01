"""Start of the child. Isolated mode hides the project; of it only this package is shown."""

import sys
from pathlib import Path
from types import ModuleType

_FOLDER = Path(__file__).resolve().parents[1]
# Stand-ins for the packages above, so that importing this one runs nothing of theirs.
for _nama, _folder in (("sakip", _FOLDER.parent), ("sakip.common", _FOLDER)):
    sys.modules[_nama] = ModuleType(_nama)
    sys.modules[_nama].__path__ = [str(_folder)]

from sakip.common.lembar_anak.baca import main  # noqa: E402 - the lines above make it possible

main()
