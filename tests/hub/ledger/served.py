"""A whole hub in a process of its own, over a world that a test made before.

python served.py FOLDER PORT [DATABASE-URL]
"""

import asyncio
import sys
from pathlib import Path

import uvicorn

from beffroi.clock import Clock
from hub.app import create_app
from hub.core import build
from hub.http.guard import guard
from hub.keys import Keys
from hub.settings import Settings


async def main(folder: Path, port: int, database: str) -> None:
    """Serve until killed."""
    settings = Settings(data=folder, database=database, proxy_secret="secret-du-mandataire", rate=0)
    hub = await build(settings, Keys(settings.keys_folder, Clock()))
    app = guard(create_app(hub), settings)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="critical", access_log=False
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""))
