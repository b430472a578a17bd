"""Gathers the pages of an OGC API Features collection: each names the next (OGC 17-069r4 §7.15)."""

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from beffroi.plugin import Unreachable
from beffroi.plugin.limits import MAX_BYTES, MAX_RECORDS
from beffroi.plugin.words import _
from plugins.http.asking import Answer, Asker

MAX_PAGES = 100
_LINK = re.compile(r"<([^>]+)>\s*;[^,]*\brel=\"?next\"?")


async def followed(asker: Asker, first: Answer) -> Answer:
    """The first page with the features of those that follow; the first alone when it names none.

    Raises:
        Unreachable: a page that follows cannot be had: a part would pass for the whole.
    """
    whole = _document(first)
    if whole is None or not isinstance(features := whole.get("features"), list):
        return first
    page, answer, met, size = whole, first, {first.url}, len(first.data)
    for _page in range(MAX_PAGES - 1):
        there = _next(page, answer)
        if not there or there in met or len(features) > MAX_RECORDS or size > MAX_BYTES:
            break
        met.add(there)
        found = await asker.ask(there)
        following = _document(found) if found else None
        more = following.get("features") if following else None
        if found is None or following is None or not isinstance(more, list):
            raise Unreachable(
                _(
                    "La page {n} de la collection est illisible\u00a0: la source est relue plus tard."
                ).format(n=len(met))
            )
        features += more
        page, answer, size = following, found, size + len(found.data)
    return replace(first, data=json.dumps(whole).encode())


def _document(answer: Answer) -> dict[str, Any] | None:
    try:
        told = json.loads(answer.data)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _next(page: dict[str, Any], answer: Answer) -> str:
    links = page.get("links")
    for link in links if isinstance(links, list) else ():
        if (
            isinstance(link, dict)
            and link.get("rel") == "next"
            and isinstance(link.get("href"), str)
        ):
            return str(urljoin(answer.url, link["href"]))
    found = _LINK.search(answer.link)
    return str(urljoin(answer.url, found[1])) if found else ""
