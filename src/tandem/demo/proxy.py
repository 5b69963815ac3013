"""The demo shop's pages at the root of the demo, so that one address shows all: shop, widget, console."""

from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx
from litestar import Request, Response, route
from litestar.handlers import HTTPRouteHandler

from tandem.infra.outside import trusted
from tandem.kit.errors import Unavailable

# Its pages alone: the shop's API is for servers, not for browsers.
_PAGES = ["/", "/products/{path:path}", "/orders", "/sign-in", "/sign-out", "/pictures/{path:path}", "/assets/{path:path}"]
_PASSED_IN = ("accept", "accept-language", "cookie", "content-type", "if-none-match")
_PASSED_OUT = ("cache-control", "etag", "location", "content-security-policy", "vary", "set-cookie")

# The shop hangs up after five idle seconds: a page asked for over an old connection in that very moment would not come.
_EACH_ANEW = httpx.Limits(max_keepalive_connections=0)


def shop_pages(address: str) -> HTTPRouteHandler:
    """Hands requests that are not Tandem's to the shop at `address`."""
    # All visitors go through this one client: a cookie that it kept would sign everybody in as whoever signed in last.
    forgets = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    client = httpx.AsyncClient(
        base_url=address, cookies=forgets, timeout=10, follow_redirects=False, trust_env=False, verify=trusted(), limits=_EACH_ANEW
    )

    @route(_PAGES, http_method=["GET", "POST"], permission="anyone", include_in_schema=False)
    async def shop(request: Request[Any, Any, Any]) -> Response[bytes]:
        headers = {name: value for name in _PASSED_IN if (value := request.headers.get(name))}
        query = request.scope["query_string"].decode("latin-1")
        path = request.scope["path"] + (f"?{query}" if query else "")
        try:
            answer = await client.request(request.method, path, headers=headers, content=await request.body())
        except httpx.HTTPError:
            raise Unavailable from None
        return Response(
            answer.content, status_code=answer.status_code, media_type=answer.headers.get("content-type"),
            headers={name: answer.headers[name] for name in _PASSED_OUT if name in answer.headers},
        )  # fmt: skip

    return shop
