"""What is shown of a page where other pages name it: in similar posts, in the index of posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mkdocs_anp.core.ahead import batches
from mkdocs_anp.core.fields import Field
from mkdocs_anp.core.meta_box import MetaBoxBuilder
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.post_index import Listed, listed
from mkdocs_anp.core.shown import visible
from mkdocs_anp.core.similar_posts.page_text import first_sentence
from mkdocs_anp.core.similar_posts.policy import Choice
from mkdocs_anp.core.similar_posts.reasons import Reasons
from mkdocs_anp.core.text import clean, escape, shortened
from mkdocs_anp.nav import Entry as IndexEntry
from mkdocs_anp.similar_posts import SimilarPosts
from mkdocs_anp.similar_posts_section import Plain, Shown, plain_entry
from mkdocs_anp.titles import title_of

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

_INDEX_DETAILS = ("difficulty", "reading_time", "topic")
_SIMILAR_DETAILS = ("reading_time", "difficulty")
_MAX_SUMMARY = 200  # characters
_MAX_SENTENCE = 400  # characters of a page's text in which its first sentence ends


class PostCards:
    """Knows what is shown of each page of a site."""

    def __init__(
        self,
        posts: Mapping[str, tuple[Post, File]],
        files: Files | None,
        top: Field,
        builder: MetaBoxBuilder,
    ) -> None:
        """Take what it needs.

        Args:
            posts: All posts by source path.
            files: All files of the site.
            top: The fields of the site; what it hides is not shown.
            builder: Makes the items of the glance line.
        """
        self._posts = posts
        self._files = files
        self._builder = builder
        summary = top.fields.get("summary")
        self._top = top
        self._hides_summary = summary is not None and summary.show == "hidden"

    def shown(self, uri: str) -> Shown:
        """Return what is shown of a page in a section of similar posts."""
        post, file = self._find(uri)
        page = file.page if file else None
        day = self.listed(file).day if file else None
        return Shown(
            title=escape(title_of(file, uri)),
            summary=escape(self._summary(post, page)),
            details=self._builder.glance(post, str, _SIMILAR_DETAILS) if post else "",
            day=self._builder.day(day) if day else "",
        )

    def sections(self, similar: SimilarPosts) -> dict[str, list[Plain]]:
        """Return all sections of similar posts as data, by the address of the page."""
        found: dict[str, list[Plain]] = {}
        for batch in batches(self._posts.values()):  # what all have in common takes much memory
            choices = {post.source: similar.choices(post.source) for post, _ in batch}
            reasons = similar.reasons(
                {
                    post.source: [choice.id for choice in choices[post.source]]
                    for post, _ in batch
                    if post.settings.similar_posts.reasons
                }
            )
            for post, file in batch:
                own = reasons.get(post.source, {})
                if chosen := choices[post.source]:
                    found[file.url] = [self._plain(choice, own.get(choice.id)) for choice in chosen]
        return found

    def _plain(self, choice: Choice, why: Reasons | None) -> Plain:
        uri = choice.id
        post, file = self._find(uri)
        page = file.page if file else None
        url = file.url if file else ""
        shown = visible(self._top, dict(post.fields)) if post else None
        fields = shown if isinstance(shown, dict) else {}
        return plain_entry(url, title_of(file, uri), self._summary(post, page), fields, choice, why)

    def index_entry(self, listed: Listed, file: File) -> IndexEntry:
        """Return what the index page of a file shows of a post."""
        post, target = self._find(listed.source)
        summary = post.fields.get("summary") if post and not self._hides_summary else ""
        return IndexEntry(
            url=escape(self.url(file, listed.source)),
            title=escape(title_of(target, listed.source)),
            day=self._builder.day(listed.day) if listed.day else "",
            summary=escape(shortened(summary, _MAX_SUMMARY)) if isinstance(summary, str) else "",
            details=self._builder.glance(post, str, _INDEX_DETAILS) if post else "",
        )

    def listed(self, file: File) -> Listed:
        """Return a page as the index lists it."""
        post, _ = self._posts.get(file.src_uri, (None, file))
        meta = file.page.meta if file.page else {}
        return listed(file.src_uri, meta, post.fields if post else None)

    def url_from(self, source: str, uri: str) -> str:
        """Return the address of a page, as seen from a post, for the source paths of both."""
        return self.url(self._posts[source][1], uri)

    def url(self, file: File, uri: str) -> str:
        """Return the address of a page, as seen from a file."""
        _, target = self._find(uri)
        return target.url_relative_to(file) if target else ""

    def _find(self, uri: str) -> tuple[Post | None, File | None]:
        """Return the file of a page, and the post if it is one."""
        if uri in self._posts:
            return self._posts[uri]
        return None, self._files.get_file_from_path(uri) if self._files else None

    def _summary(self, post: Post | None, page: Page | None) -> str:
        """Return the summary of a page, else its description, else its first sentence."""
        summary = post.fields.get("summary") if post else None
        if isinstance(summary, str) and not self._hides_summary:
            return shortened(summary, _MAX_SUMMARY)
        description = page.meta.get("description") if page else None
        if isinstance(description, str) and description.strip():
            return shortened(clean(description), _MAX_SUMMARY)
        sentence = first_sentence((page.content if page else "") or "", _MAX_SENTENCE)
        return shortened(clean(sentence), _MAX_SUMMARY)
