"""Errors as problem documents: application/problem+json, RFC 9457."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An error that the caller can act on.

    Args:
        status: HTTP status.
        kind: last part of the problem's `type`, for example "place-not-found".
        title: the same sentence for every problem of this kind.
        detail: what happened this time.
        extra: further members of the document.
    """

    def __init__(self, status: int, kind: str, title: str, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.document = {
            "type": f"/problems/{kind}",
            "title": title,
            "status": status,
            "detail": detail,
            **extra,
        }


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document."""

    @app.exception_handler(Problem)
    async def known(_: Request, problem: Problem) -> JSONResponse:
        return JSONResponse(problem.document, problem.status, media_type=MEDIA_TYPE)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # The input itself is left out: it may be about somebody's health.
        errors = [
            {"where": ".".join(str(part) for part in e["loc"]), "what": e["msg"]}
            for e in error.errors()
        ]
        document = {
            "type": "/problems/invalid-request",
            "title": "The request is not valid.",
            "status": 422,
            "detail": "; ".join(f"{e['where']}: {e['what']}" for e in errors),
            "errors": errors,
        }
        return JSONResponse(document, 422, media_type=MEDIA_TYPE)

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        document = {
            "type": "about:blank",
            "title": str(error.detail),
            "status": error.status_code,
        }
        return JSONResponse(document, error.status_code, media_type=MEDIA_TYPE)
