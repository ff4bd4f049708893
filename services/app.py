"""All services as one ASGI application; each router can also be mounted alone."""

from fastapi import FastAPI

from services import problems
from services.providers.api import router as providers
from services.screening.api import router as screening

app = FastAPI(
    title="Needlewise services",
    version="0.1.0",
    description="Screening for reasons to ask a clinician first, and search for providers nearby. "
    "Errors are problem documents (RFC 9457).",
)
app.include_router(screening)
app.include_router(providers)
problems.install(app)


@app.get("/health", tags=["operations"])
def health() -> dict[str, str]:
    """Answers as soon as the questionnaire and the directory are loaded."""
    return {"status": "ok"}
