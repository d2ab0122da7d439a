"""The Orders API: a small realistic service to be tested. README.md says what it has, serve.py starts it."""
import asyncio
import itertools
import os
import secrets
import time
from collections import Counter, deque

from fastapi import APIRouter, Depends, FastAPI, File, Header, HTTPException, Request, Response, UploadFile, WebSocket
from fastapi.responses import PlainTextResponse, RedirectResponse
from pydantic import BaseModel

PREFIX = os.environ.get("ROOT_PREFIX", "").rstrip("/")
TOKEN_TTL = float(os.environ.get("TOKEN_TTL", "60"))
TOKEN_SAYS = float(os.environ.get("TOKEN_SAYS", TOKEN_TTL))
API_KEY = os.environ.get("ORDERS_API_KEY", "")
SEARCH_PER_MINUTE = int(os.environ.get("SEARCH_PER_MINUTE", "60"))
USERS = {f"user{i}": f"pw{i}" for i in range(1, 21)}
ASKED_UNTIL_DONE = 3

app = FastAPI(title="Orders API", version="2.1.0", openapi_url=f"{PREFIX}/openapi.json", docs_url=None, redoc_url=None)
api = APIRouter(prefix=PREFIX)
truth: Counter = Counter()
by_user: Counter = Counter()  # orders that each user made: which user of the data pool a virtual user was
tokens: dict[str, tuple[str, float]] = {}
sessions: dict[str, str] = {}
orders: dict[str, dict] = {}
exports: Counter = Counter()  # how often somebody asked after each
ids = itertools.count(1)
searches: dict[str, deque] = {}
in_flight = 0


@app.middleware("http")
async def count(request: Request, call_next):
    if request.url.path.startswith("/__truth"):
        return await call_next(request)
    global in_flight
    in_flight += 1
    status = 500
    try:
        response = await call_next(request)
        status = response.status_code
        return response
    finally:
        path = getattr(request.scope.get("route"), "path", None) or request.url.path
        operation = f" op={request.scope['op']}" if "op" in request.scope else ""
        truth[f"{request.method} {path}{operation} {status}"] += 1
        in_flight -= 1


class Login(BaseModel):
    username: str
    password: str


class NewOrder(BaseModel):
    sku: str
    quantity: int = 1
    note: str | None = None


class Patch(BaseModel):
    quantity: int | None = None
    status: str | None = None


class Operation(BaseModel):
    operationName: str
    query: str
    variables: dict = {}


def expect_password(login: Login) -> None:
    if USERS.get(login.username) != login.password:
        raise HTTPException(401, "bad credentials")


def owner_of(token: str) -> str | None:
    """Whose token it is, as long as it is good."""
    owner, good_until = tokens.get(token, (None, 0.0))
    return owner if time.monotonic() <= good_until else None


def user(authorization: str = Header(default="")) -> str:
    kind, _, token = authorization.partition(" ")
    owner = owner_of(token) if kind == "Bearer" else None
    if owner is None:
        raise HTTPException(401, "token expired" if token in tokens else "no token")
    return owner


@api.get("/health")
async def health():
    return {"status": "ok"}


@api.post("/auth/login")
async def login(body: Login):
    expect_password(body)
    token = secrets.token_urlsafe(24)
    tokens[token] = (body.username, time.monotonic() + TOKEN_TTL)
    return {"access_token": token, "token_type": "bearer", "expires_in": TOKEN_SAYS}


@api.get("/orders")
async def list_orders(page: int = 1, size: int = 10, who: str = Depends(user)):
    every = list(orders.values())
    return {"page": page, "size": size, "total": len(every), "items": every[(page - 1) * size : page * size]}


@api.post("/orders", status_code=201)
async def create_order(body: NewOrder, response: Response, who: str = Depends(user)):
    order_id = f"o-{next(ids)}"
    orders[order_id] = {"id": order_id, "owner": who, "status": "open", **body.model_dump()}
    by_user[who] += 1
    response.headers["Location"] = f"{PREFIX}/orders/{order_id}"
    return orders[order_id]


def find(order_id: str) -> dict:
    if order_id not in orders:
        raise HTTPException(404, "no such order")
    return orders[order_id]


@api.get("/orders/{order_id}")
async def get_order(order_id: str, who: str = Depends(user)):
    return find(order_id)


@api.patch("/orders/{order_id}")
async def patch_order(order_id: str, body: Patch, who: str = Depends(user)):
    order = find(order_id)
    order.update({name: value for name, value in body.model_dump().items() if value is not None})
    return order


@api.delete("/orders/{order_id}", status_code=204)
async def delete_order(order_id: str, who: str = Depends(user)):
    find(order_id)
    del orders[order_id]


@api.post("/exports", status_code=202)
async def start_export(who: str = Depends(user)):
    export_id = f"e-{next(ids)}"
    exports[export_id] = 0
    return {"id": export_id, "status": "running"}


@api.get("/exports/{export_id}")
async def get_export(export_id: str, who: str = Depends(user)):
    if export_id not in exports:
        raise HTTPException(404, "no such export")
    exports[export_id] += 1
    return {"id": export_id, "status": "done" if exports[export_id] >= ASKED_UNTIL_DONE else "running"}


@api.post("/uploads", status_code=201)
async def upload(file: UploadFile = File(...)):
    return {"name": file.filename, "bytes": len(await file.read())}


@api.get("/search")
async def search(request: Request, q: str, x_api_key: str = Header(default="")):
    if API_KEY and x_api_key != API_KEY:
        raise HTTPException(403, "bad api key")
    window, now = searches.setdefault(request.client.host, deque()), time.monotonic()
    while window and window[0] <= now - 60:
        window.popleft()
    if len(window) >= SEARCH_PER_MINUTE:
        raise HTTPException(429, "slow down", headers={"Retry-After": str(int(60 - (now - window[0])) + 1)})
    window.append(now)
    return {"q": q, "hits": [order for order in orders.values() if q in order["sku"]][:10]}


@api.post("/session", status_code=204)
async def start_session(body: Login):
    expect_password(body)
    sid = secrets.token_urlsafe(16)
    sessions[sid] = body.username
    reply = Response(status_code=204)
    reply.set_cookie("sid", sid, httponly=True)
    return reply


@api.get("/me")
async def me(request: Request):
    who = sessions.get(request.cookies.get("sid", ""))
    if who is None:
        raise HTTPException(401, "no session")
    return {"user": who}


@api.post("/graphql")
async def graphql(request: Request, body: Operation):
    request.scope["op"] = body.operationName
    if body.operationName == "ListOrders":
        await asyncio.sleep(0.005)
        return {"data": {"orders": list(orders.values())[:5]}}
    if body.operationName == "OrderStats":
        await asyncio.sleep(0.02)
        return {"data": {"stats": {"count": len(orders)}}}
    # A failed operation is a 200, as GraphQL has it.
    return {"errors": [{"message": f"unknown operation {body.operationName}"}]}


@api.get("/old-orders")
async def old_orders():
    return RedirectResponse(f"{PREFIX}/health", status_code=302)


@api.get("/slow")
async def slow(ms: int = 700):
    await asyncio.sleep(ms / 1000)
    return {"waited": ms}


@api.get("/robots.txt", response_class=PlainTextResponse)
async def robots():
    return "User-agent: *\nDisallow: /"


@api.get("/echo/{text:path}")
async def echo(request: Request, text: str):
    """Tells what it was asked: the text in the path and the pairs of the query decoded, and the path as it was sent."""
    sent = request.scope["raw_path"].decode("ascii").partition("?")[0]
    return {"text": text, "path": sent, "query": request.query_params.multi_items()}


@api.websocket("/ws")
async def ws(socket: WebSocket):
    token = socket.headers.get("authorization", "").removeprefix("Bearer ") or socket.query_params.get("token", "")
    if owner_of(token) is None:
        truth["WS /ws refused"] += 1
        await socket.close(code=1008)
        return
    await socket.accept()
    truth["WS /ws accepted"] += 1
    async for message in socket.iter_text():
        truth["WS /ws message"] += 1
        await socket.send_text(message)


@app.get("/__truth", include_in_schema=False)
async def get_truth():
    return {
        "total": sum(truth.values()),
        "inFlight": in_flight,
        "routes": dict(sorted(truth.items())),
        "ordersCreatedBy": dict(by_user),
        "ordersNow": len(orders),
    }


@app.post("/__truth/reset", include_in_schema=False)
async def reset():
    for thing in (truth, by_user, searches, orders, exports, sessions):
        thing.clear()
    return {"reset": True}


app.include_router(api)
