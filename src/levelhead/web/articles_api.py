"""The API for articles: what the organisation has written for its agents, kept by name."""

from typing import Annotated

from anyio import to_thread
from fastapi import Path, Request
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.articles import article_of
from levelhead.people.permission import Action
from levelhead.storage.articles import MOST_BYTES, Articles
from levelhead.web.documented import api_router
from levelhead.web.gate import asks, who_of
from levelhead.web.things import own, shelf_of

calls = api_router()
keeps = asks(Action.KEEP_ARTICLES, own, programs=True)
Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,100}$", description="What it is called by here.")]


class ArticleIn(BaseModel):
    """An article in Markdown. `source` is what it is quoted with: an address, or the name of a document."""

    model_config = ConfigDict(extra="forbid")
    body: Annotated[str, Field(min_length=1, max_length=MOST_BYTES)]
    title: Annotated[str, Field(max_length=200)] = ""
    source: Annotated[str, Field(max_length=500)] = ""


class ArticleOut(BaseModel):
    """An article that was sent, without its body."""

    name: str
    title: str
    source: str


@calls.get("/articles")
@keeps
async def listed(request: Request) -> list[ArticleOut]:
    """The articles that were sent, by name; those in the folder are not among them."""
    found = await to_thread.run_sync(Articles(shelf_of(request, who_of(request))).all)
    return [ArticleOut(name=name, title=article.title, source=article.source) for name, article in found]


@calls.put("/articles/{article}")
@keeps
async def keep(article: Name, sent: ArticleIn, request: Request) -> ArticleOut:
    """Keep an article, in the place of the one of this name."""
    made = article_of(sent.body, sent.source or article, sent.title)
    await to_thread.run_sync(Articles(shelf_of(request, who_of(request))).keep, article, made)
    return ArticleOut(name=article, title=made.title, source=made.source)


@calls.delete("/articles/{article}", status_code=204)
@keeps
async def remove(article: Name, request: Request) -> None:
    """Take an article out."""
    await to_thread.run_sync(Articles(shelf_of(request, who_of(request))).remove, article)
