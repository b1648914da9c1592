"""Similar posts of a whole site: one pool of pages for each language.

engine = Engine.of(documents)
engine.similar("posts/a.md")              # ranked, with the parts of each score
engine.evidence("posts/a.md", "posts/b.md")  # why
engine.update([edited])                   # the ids whose lists are different now
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from mkdocs_anp.core.similar_posts.cache import TokenFile
from mkdocs_anp.core.similar_posts.document import Document, Evidence, InCommon, Similar
from mkdocs_anp.core.similar_posts.pool import Options, Pool, Source
from mkdocs_anp.core.similar_posts.scanner import Vocabulary
from mkdocs_anp.core.similar_posts.sets import FeatureTable


class DuplicateError(ValueError):
    """Two documents have one id; the message names it."""


class Engine:
    """Knows for each page of a site the pages that are similar to it.

    The same documents give the same result in any order, on any machine and after any edits.
    """

    def __init__(
        self,
        options: Options | None = None,
        cache: TokenFile | None = None,
        may_change: bool = True,
    ) -> None:
        """Start with no documents; add them, then call `finish`.

        Args:
            options: What the site decides.
            cache: Tokens of texts read before; `finish` saves it.
            may_change: Whether `update` may be called later. If not, a large site takes some
                hundred megabytes less.
        """
        self._may_change = may_change
        self._options = Options() if options is None else options
        self._cache = cache
        self._vocabulary = Vocabulary() if cache is None else cache.vocabulary
        self._table = FeatureTable()
        self._sources: dict[str, Source] = {}
        self._pools: dict[str, Pool] = {}
        self._languages: dict[str, str] = {}

    @classmethod
    def of(
        cls,
        documents: Iterable[Document],
        options: Options | None = None,
        cache: TokenFile | None = None,
        may_change: bool = True,
    ) -> Engine:
        """Return an engine that knows some documents; they are read one at a time, not kept."""
        engine = cls(options, cache, may_change)
        for document in documents:
            engine.add(document)
        engine.finish()
        return engine

    def add(self, document: Document) -> None:
        """Read a document.

        Raises:
            DuplicateError: There is one with its id.
        """
        if document.id in self._languages:
            raise DuplicateError(f"two documents have the id {document.id!r}")
        self._languages[document.id] = document.language
        self._source(document.language).add(document.without(self._options.ignored))

    def finish(self) -> None:
        """Work out all lists, and save the cache."""
        for language, source in self._sources.items():
            self._pools[language] = Pool(
                source, self._vocabulary, self._table, self._options, self._may_change
            )
        self._sources = {}
        if self._cache is not None:
            self._cache.save()

    def _source(self, language: str) -> Source:
        if language not in self._sources:
            self._sources[language] = Source(self._vocabulary, self._table, self._cache)
        return self._sources[language]

    def __contains__(self, id_: object) -> bool:
        """Return whether there is a document with this id."""
        return id_ in self._languages

    def compares(self, id_: str, other: str) -> bool:
        """Return whether two documents are there, and of one language."""
        language = self._languages.get(id_)
        return language is not None and language == self._languages.get(other)

    def ranked(self, id_: str) -> tuple[Similar, ...]:
        """Return the documents most similar to one, the best first, without parts.

        Raises:
            KeyError: There is no such document.
        """
        return self._pools[self._languages[id_]].similar(id_)

    def similar(self, id_: str, limit: int | None = None) -> tuple[Similar, ...]:
        """Return the documents most similar to one, the best first, with the scores' parts.

        Raises:
            KeyError: There is no such document.
        """
        found = self.ranked(id_)[:limit]
        return tuple(
            replace(similar, parts=self.evidence(id_, similar.id).parts) for similar in found
        )

    def exact(self, id_: str) -> tuple[str, ...]:
        """Return the ids that `ranked` would if every page were scored; slow, for measurements.

        Raises:
            KeyError: There is no such document.
        """
        return self._pools[self._languages[id_]].exact(id_)

    def evidence(self, id_: str, other: str) -> Evidence:
        """Return why a document would name another, whether or not it does.

        Pages of two languages have nothing in common.

        Raises:
            KeyError: There is no such document.
        """
        language = self._languages[id_]
        if self._languages[other] != language:
            return Evidence(0.0, {})
        return self._pools[language].evidence(id_, other)

    def in_common(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[InCommon]]:
        """Return what documents have in common with others of their languages.

        It is a part of their evidence, and takes far less time, the more of them at a time.

        Args:
            wanted: For each document the others.

        Raises:
            KeyError: There is no such document, or not in this language.
        """
        by_language: dict[str, dict[str, Sequence[str]]] = {}
        for id_, others in wanted.items():
            by_language.setdefault(self._languages[id_], {})[id_] = others
        found: dict[str, list[InCommon]] = {}
        for language, own in by_language.items():
            found |= self._pools[language].in_common(own)
        return found

    def update(
        self, documents: Iterable[Document], removed: Collection[str] = ()
    ) -> frozenset[str]:
        """Bring everything up to date after edits; the result is that of a new engine.

        Args:
            documents: Documents that are new or were edited.
            removed: Ids of documents that are gone; unknown ones are ignored.

        Returns:
            The ids of documents whose list changed, or that are new.

        Raises:
            RuntimeError: The engine was told that nothing would change.
        """
        if not self._may_change:
            raise RuntimeError("an engine made with may_change=False cannot be updated")
        sources: dict[str, Source] = {}
        gone: dict[str, set[str]] = {}
        for id_ in removed:
            if id_ in self._languages:
                gone.setdefault(self._languages.pop(id_), set()).add(id_)
        for document in documents:
            before = self._languages.get(document.id, document.language)
            if before != document.language:
                gone.setdefault(before, set()).add(document.id)
            self._languages[document.id] = document.language
            if document.language not in sources:
                sources[document.language] = Source(self._vocabulary, self._table, self._cache)
            sources[document.language].add(document.without(self._options.ignored))
        changed: set[str] = set()
        for language in {*sources, *gone}:
            changed |= self._update_pool(language, sources.get(language), gone.get(language, set()))
        return frozenset(changed)

    def _update_pool(self, language: str, source: Source | None, gone: set[str]) -> set[str]:
        if source is None:
            source = Source(self._vocabulary, self._table)
        if language in self._pools:
            return self._pools[language].update(source.contents(), gone)
        pool = Pool(source, self._vocabulary, self._table, self._options)
        self._pools[language] = pool
        return set(pool.ids)
