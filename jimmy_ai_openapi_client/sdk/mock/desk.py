"""One request in, one reply out: past planned faults and the contract to what is played."""

from functools import partial
from typing import Any

import httpx

from .asked import Keys
from .contract import Contract, Refused
from .operation import Operation
from .plan import Plan, Planned
from .play import Play
from .reply import Reply
from .seen import Seen


class Desk:
    """Where requests arrive."""

    def __init__(self, contract: Contract, plan: Plan, play: Play, keys: Keys, *, check: bool) -> None:
        self._contract, self._plan, self._play, self._keys, self._check = contract, plan, play, keys, check

    def take(self, request: httpx.Request) -> tuple[Reply, Seen]:
        """The reply to one request whose body has been read, and what is to be remembered."""
        path = request.url.raw_path.decode().partition("?")[0]
        operation: Operation | None = None
        planned: list[Planned] = []
        problem: str | None = None
        try:
            operation, values = self._contract.route(request.method, path)
            planned = self._plan.draw(operation.name, partial(self._play.shown, operation))
            reply = self._instead(operation, planned) or self._honest(request, operation, values)
        except Refused as no:
            problem = self._redacted(no.msg + (f" ({no.place})" if no.place else ""))
            reply = self._play.refusal(operation, no)
        met = []
        for one in planned:
            changed = one.fault.meet(reply)
            if changed is None:
                self._plan.put_back(one)
            else:
                reply = changed
                met.append(str(one.fault))
        seen = Seen(
            operation.name if operation else None,
            request.content,
            method=request.method,
            path=self._redacted(path),
            status=None if reply.reset else reply.status,
            code=reply.code,
            fault=", ".join(met) or None,
            problem=problem,
        )
        return reply, seen

    def _instead(self, operation: Operation, planned: list[Planned]) -> Reply | None:
        for one in planned:
            made = one.fault.instead()
            if made is not None:
                return self._play.refusal(operation, made) if isinstance(made, Refused) else made
        return None

    def _honest(self, request: httpx.Request, operation: Operation, values: dict[str, Any]) -> Reply:
        if self._check:
            self._contract.check(request, operation, values)
        return self._play.answer(operation, request.content)

    def _redacted(self, text: str) -> str:
        return text.replace(str(self._keys), "***")
