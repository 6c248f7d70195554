"""A Sphinx extension that publishes questionnaires and indices among other pages.

Add it to the extensions of ``conf.py``::

    extensions = ["agencyindex.publish.sphinx"]

Then the directives ``agencyindex-index``, ``agencyindex-questionnaire`` and
``agencyindex-weights`` insert what documents state, and the role ``agencyindex-node`` cites a
node of an index that is published somewhere among the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.util.nodes import make_refnode

from agencyindex import catalogue
from agencyindex._documents.api import load
from agencyindex._documents.checks import require_index
from agencyindex._model.definition import IndexDefinition
from agencyindex._model.questionnaire import Questionnaire
from agencyindex.errors import AgencyIndexError, did_you_mean
from agencyindex.publish import check_language
from agencyindex.publish.blocks import Block
from agencyindex.publish.page import Page, weights_table
from agencyindex.publish.questions import Questions
from agencyindex.publish.sphinx_nodes import Builder
from agencyindex.publish.wording import Wording

CATALOGUE = "catalogue:"

Noun = TypeVar("Noun", IndexDefinition, Questionnaire)


class _Published(SphinxDirective):
    """What the directives share: documents in, nodes or findings out."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = {
        "language": directives.unchanged_required,
        "questionnaire": directives.unchanged_required,
    }

    def run(self) -> list[Any]:
        """The nodes, or each finding as an error with its words."""
        try:
            return self.published()
        except AgencyIndexError as error:
            reporter = self.state.document.reporter
            return [reporter.error(str(each), line=self.lineno) for each in error.problems]

    def published(self) -> list[Any]:
        """The nodes."""
        raise NotImplementedError

    def read(self, source: str, kind: type[Noun]) -> Noun:
        """A document of the catalogue, or in a file that the page from now on depends on."""
        if source.startswith(CATALOGUE):
            name = source.removeprefix(CATALOGUE)
            found: Any = (
                catalogue.index(name) if kind is IndexDefinition else catalogue.questionnaire(name)
            )
            noun: Noun = found
            return noun
        path = self.env.relfn2path(source)[1]
        self.env.note_dependency(path)
        return load(path, kind)

    def asked(self, source: str, definition: IndexDefinition) -> Questionnaire:
        """The questionnaire that is named, or the one beside the index."""
        given = self.options.get("questionnaire")
        wanted = definition.questionnaire.id
        if given is None and source.startswith(CATALOGUE):
            given = f"{CATALOGUE}{wanted}"
        elif given is None:
            given = Path(source).with_name(f"{wanted}.questionnaire.json").as_posix()
        return self.read(given, Questionnaire)

    def language(self, *nouns: IndexDefinition | Questionnaire) -> str:
        """The language that is asked for, or that of the pages."""
        stated: str | None = self.options.get("language")
        if stated is not None:
            check_language(stated, *nouns)
        return stated or self.config.language or "en"

    def built(self, blocks: Iterable[Block], index: str = "") -> list[Any]:
        """Blocks as nodes, those of an index to be cited."""
        builder = Builder(self.state.document, index)
        found = builder.nodes(blocks)
        domain = self.env.get_domain(AgencyIndexDomain.name)
        assert isinstance(domain, AgencyIndexDomain)
        for name, (id, title) in builder.targets.items():
            domain.note(name, self.env.docname, id, title)
        return found


class QuestionnaireDirective(_Published):
    """All questions of a questionnaire."""

    def published(self) -> list[Any]:
        """The nodes."""
        questionnaire = self.read(self.arguments[0], Questionnaire)
        wording = Wording(self.language(questionnaire))
        return self.built(Questions(questionnaire, wording).page())


class IndexDirective(_Published):
    """The method of an index."""

    def published(self) -> list[Any]:
        """The nodes."""
        source = self.arguments[0]
        definition = self.read(source, IndexDefinition)
        questionnaire = self.asked(source, definition)
        require_index(definition, questionnaire)
        language = self.language(definition, questionnaire)
        return self.built(Page(definition, questionnaire, language).blocks(), definition.id)


class WeightsDirective(_Published):
    """The weights of an index, as a table."""

    def published(self) -> list[Any]:
        """The nodes."""
        definition = self.read(self.arguments[0], IndexDefinition)
        if "questionnaire" in self.options:
            require_index(definition, self.asked(self.arguments[0], definition))
        return self.built([weights_table(definition, Wording(self.language(definition)))])


class NodeRole(ReferenceRole):
    """Cites a node of an index: its title, with a link to where it is published."""

    def run(self) -> tuple[list[Any], list[Any]]:
        """A reference to be resolved when all pages are read."""
        reference = addnodes.pending_xref(
            self.rawtext,
            nodes.inline("", self.title),
            refdomain=AgencyIndexDomain.name,
            reftype="node",
            reftarget=self.target,
            refexplicit=self.has_explicit_title,
            refdoc=self.env.docname,
        )
        self.set_source_info(reference)
        return [reference], []


class AgencyIndexDomain(Domain):
    """The nodes of indices, by the name that they are cited by, on every page that has them."""

    name = "agencyindex"
    label = "agencyindex"
    object_types: ClassVar[dict[str, ObjType]] = {"node": ObjType("node", "node")}
    initial_data: ClassVar[dict[str, Any]] = {"nodes": {}}
    data_version = 1

    @property
    def published(self) -> dict[str, dict[str, tuple[str, str]]]:
        """Of each node, for each page that has it, the id there and the title."""
        found: dict[str, dict[str, tuple[str, str]]] = self.data["nodes"]
        return found

    def note(self, name: str, page: str, id: str, title: str) -> None:
        """Keep where a node is published."""
        self.published.setdefault(name, {})[page] = id, title

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is read anew."""
        for name in list(self.published):
            self.published[name].pop(docname, None)
            if not self.published[name]:
                del self.published[name]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take in pages that another process read."""
        for name, pages in otherdata["nodes"].items():
            for page, (id, title) in pages.items():
                if page in docnames:
                    self.note(name, page, id, title)

    def resolve_xref(
        self,
        env: Any,  # noqa: ARG002 - Sphinx passes it
        fromdocname: str,
        builder: Any,
        typ: str,  # noqa: ARG002 - Sphinx passes it
        target: str,
        node: Any,
        contnode: Any,
    ) -> Any:
        """The link to where a node is published, on the same page where it is on that too."""
        pages = self.published.get(target)
        if pages is None:
            message = 'No index on these pages has the node "%s". %s'
            mend = did_you_mean(target, sorted(self.published), "nodes")
            logging.getLogger(__name__).warning(
                message, target, mend, type="agencyindex", subtype="node", location=node
            )
            return contnode
        page = fromdocname if fromdocname in pages else min(pages)
        id, title = pages[page]
        words = contnode if node["refexplicit"] else nodes.inline("", title)
        return make_refnode(builder, fromdocname, page, id, words, title)

    def resolve_any_xref(self, *_: Any) -> list[Any]:
        """Nothing: a node is cited by its own role."""
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every node, for the search and for other projects."""
        for name, pages in self.published.items():
            page = min(pages)
            id, title = pages[page]
            yield name, title, "node", page, id, 1


def setup(app: Sphinx) -> dict[str, Any]:
    """Offer the directives and the role to Sphinx."""
    app.add_domain(AgencyIndexDomain)
    app.add_directive("agencyindex-index", IndexDirective)
    app.add_directive("agencyindex-questionnaire", QuestionnaireDirective)
    app.add_directive("agencyindex-weights", WeightsDirective)
    app.add_role("agencyindex-node", NodeRole())
    return {
        "version": version("agencyindex"),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
