"""The indented list as the page shows it.

Written here and not in a template: four hundred steps are a thousand lines, and a template takes its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from backing.benefits.outline import Line
from backing.benefits.tracing import Lit


def listed(lines: Iterable[Line], *, lit: Lit | None) -> str:
    """A list item a line; each leads to its step, and those on the path that is followed say so."""
    return "\n".join(_item(line, on=lit is not None and _is_lit(line, lit)) for line in lines)


def _item(line: Line, *, on: bool) -> str:
    node = line.node
    said = [f'<a href="?node={node.key}" hx-get="?node={node.key}">{escape(node.name)}</a>']
    if node.note:
        said.append(f", {escape(node.note)}")
    if line.firmness is not None:
        said.append(f" <i>{line.firmness.word}</i>")
    if node.warning:
        said.append(f" <b>{escape(node.warning.lower())}</b>")
    if line.leaves_out:
        said.append(f' <span class="quiet">({line.left_out})</span>')
    if line.above:
        said.append(' <span class="quiet">as above</span>')
    if line.needs_no_line:
        said.append(' <span class="quiet">needs no line</span>')
    return f'<li class="d{line.depth}{" on" if on else ""}">{"".join(said)}</li>'


def _is_lit(line: Line, lit: Lit) -> bool:
    """On the path: the link by which it stands here, or the step that stands for itself."""
    return line.link.pk in lit.links if line.link else line.node.key in lit.nodes
