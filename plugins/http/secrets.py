"""Where a secret goes in a request: it is never part of the address that people see."""

from base64 import b64encode
from urllib.parse import quote


def signed(url: str, where: str, secret: str) -> tuple[str, dict[str, str]]:
    """The address and the headers with the secret in its place; as they are without one."""
    if not secret:
        return url, {}
    way, _colon, name = where.partition(":")
    match way:
        case "query":
            joint = "&" if "?" in url else "?"
            return f"{url}{joint}{quote(name or 'key')}={quote(secret)}", {}
        case "header":
            return url, {name or "X-API-Key": secret}
        case "basic":
            told = b64encode(f"{name}:{secret}".encode()).decode()
            return url, {"Authorization": f"Basic {told}"}
        case _:
            return url, {"Authorization": f"Bearer {secret}"}
