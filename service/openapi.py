"""Prints the OpenAPI description, of which `make types` makes the types that the editor knows the service by."""

from __future__ import annotations

import json
import sys

from service.app import api


def main() -> None:
    """Without a server, and without a version, which the types do not tell."""
    json.dump(api(version="0").openapi(), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
