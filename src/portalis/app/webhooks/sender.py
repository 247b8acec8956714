"""One message to one address: bounded in time, without redirects, nothing of the answer read
but its status."""

from __future__ import annotations

import asyncio
import ssl
from typing import Final

import httpx

import portalis
from portalis.app.webhooks.addresses import RefusedError, Resolve, addresses, parse, resolve
from portalis.app.webhooks.messages import headers_of
from portalis.workload.model.webhook import Answer, Subscription

# For all of a try: the name, the connection, the request and the first line of the answer.
TOTAL_S: Final = 15.0
# So many addresses of a name are tried, one after the other.
_MOST_ADDRESSES: Final = 4
_HEADERS: Final = {
    "Content-Type": "application/json",
    "User-Agent": f"portalis-webhooks/{portalis.__version__}",
}


class Sender:
    """allow_private: messages may go anywhere, also without TLS. Safe from several loops."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        resolver: Resolve = resolve,
        trusted: ssl.SSLContext | None = None,
        total_s: float = TOTAL_S,
    ) -> None:
        self.allow_private = allow_private
        self._resolver = resolver
        self._trusted = trusted or httpx.create_ssl_context(trust_env=False)
        self._total_s = total_s

    async def send(
        self, subscription: Subscription, message_id: str, body: str, now_ms: int
    ) -> Answer:
        """Never raises for what the world does."""
        signed = headers_of(subscription.secret, message_id, body, now_ms)
        try:
            async with asyncio.timeout(self._total_s):
                status = await self._post(subscription.url, signed, body.encode())
        except TimeoutError:
            return Answer(None, f"no answer within {self._total_s:g} s")
        except (RefusedError, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            return Answer(None, f"{error}"[:500] or type(error).__name__)
        if 300 <= status < 400:
            return Answer(status, f"status {status}: redirects are not followed")
        return Answer(status, "" if 200 <= status < 300 else f"status {status}")

    async def check(self, url: str) -> None:
        """Whether messages may go there, as far as that can be told now. Raises RefusedError."""
        parsed = parse(url, allow_private=self.allow_private)
        try:
            async with asyncio.timeout(self._total_s):
                await addresses(parsed, allow_private=self.allow_private, resolver=self._resolver)
        except TimeoutError as error:
            raise RefusedError(f"{parsed.host} was not resolved in time") from error

    async def _post(self, address: str, signed: dict[str, str], body: bytes) -> int:
        url = parse(address, allow_private=self.allow_private)
        places = await addresses(url, allow_private=self.allow_private, resolver=self._resolver)
        failure: httpx.HTTPError | None = None
        for place in places[:_MOST_ADDRESSES]:
            try:
                return await self._post_to(place, url, signed, body)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    async def _post_to(
        self, place: str, url: httpx.URL, signed: dict[str, str], body: bytes
    ) -> int:
        # Connections are not kept: they are known by address, and a certificate is of a name.
        async with (
            httpx.AsyncClient(
                verify=self._trusted,
                trust_env=False,
                timeout=self._total_s,
                limits=httpx.Limits(max_keepalive_connections=0),
            ) as client,
            client.stream(
                "POST",
                url.copy_with(host=place),
                content=body,
                headers={**_HEADERS, **signed, "Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": url.raw_host.decode("ascii")},
                follow_redirects=False,
            ) as answer,
        ):
            return answer.status_code
