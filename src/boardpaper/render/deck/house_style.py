"""Our own template: the look of the paper on wide slides.

Warm paper, findings in a serif, one accent, hairlines.  It is made from the blank presentation that
python-pptx brings along: the theme, the master and one layout are ours, nothing else is kept.
"""

from __future__ import annotations

import re
from typing import Any, Final

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as PresentationType
from pptx.util import Emu

from boardpaper.render.ink import LIGHT

_EMU_PER_INCH: Final = 914_400
WIDTH: Final = 13.333
HEIGHT: Final = 7.5
_LEFT: Final = 0.7
_COLUMN: Final = WIDTH - 2 * _LEFT
# The findings' size, for two lines in their place; a third pushes the content down.
FINDING_SIZE: Final = 28
KICKER: Final = 13

# Both come with Office on Windows and on a Mac, and have figures of one height.
_SERIF: Final = "Palatino Linotype"
_SANS: Final = "Calibri"

_COLOURS: Final = {
    # The ink, a little less brown: PowerPoint makes the quiet tones from it and keeps its saturation.
    "dk1": "#211e1a",
    "lt1": LIGHT["paper"],
    "dk2": LIGHT["ink-2"],
    "lt2": LIGHT["panel"],
    "accent1": LIGHT["accent"],
    "accent2": LIGHT["mute-dot"],
    "accent3": "#a4632f",
    "accent4": "#5d7a5e",
    "accent5": "#7a5c86",
    "accent6": LIGHT["edge"],
    "hlink": LIGHT["accent"],
    "folHlink": LIGHT["ink-2"],
}


def presentation() -> PresentationType:
    """An empty presentation in the house style."""
    made = Presentation()
    made.slide_width, made.slide_height = Emu(_emu(WIDTH)), Emu(_emu(HEIGHT))
    first, *others = made.slide_layouts
    for layout in others:
        made.slide_layouts.remove(layout)
    _set_theme(made)
    _replace_shapes(made.slide_master.element, _master_shapes())
    _replace_shapes(first.element, _layout_shapes())
    first.element.attrib.pop("type", None)  # it was the title slide's
    first.name = "Finding"
    _set_styles(made)
    return made


def _emu(inches: float) -> int:
    return round(inches * _EMU_PER_INCH)


def _set_theme(made: PresentationType) -> None:
    part = next(
        relation.target_part
        for relation in made.slide_master.part.rels.values()
        if relation.reltype.endswith("/theme")
    )
    xml = part.blob.decode()
    for role, colour in _COLOURS.items():
        solid = f'<a:{role}><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:{role}>'
        xml = re.sub(rf"<a:{role}>.*?</a:{role}>", solid, xml, flags=re.DOTALL)
    for kind, face in (("major", _SERIF), ("minor", _SANS)):
        xml = re.sub(rf'(<a:{kind}Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{face}", xml)
    xml = re.sub(r'(<a:(?:theme|clrScheme|fontScheme)\b[^>]*\bname=")[^"]*', r"\g<1>Backing", xml)
    part.blob = xml.encode()


def _replace_shapes(holder: Any, shapes: str) -> None:
    tree = holder.find(f".//{{{_P}}}spTree")
    for shape in tree[2:]:  # after the group's own properties
        tree.remove(shape)
    for shape in parse_xml(f"<p:spTree {nsdecls('p', 'a', 'r')}>{shapes}</p:spTree>"):
        tree.append(shape)


_P: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"


def _master_shapes() -> str:
    return (
        _placeholder(2, "Title", "title", "", _LEFT, 0.66, _COLUMN, 0.98, anchor="t")
        + _placeholder(3, "Text", "body", "idx='1'", _LEFT, 1.8, _COLUMN, 5.0, anchor="t")
        + _hairline(4, 6.98)
        + _small_print()
    )


def _layout_shapes() -> str:
    kicker = _placeholder(
        3, "Kicker", "body", f"sz='quarter' idx='{KICKER}'", _LEFT, 0.34, _COLUMN, 0.28, anchor="b"
    )
    style = (
        "<a:lstStyle><a:lvl1pPr marL='0' indent='0'><a:buNone/><a:defRPr sz='1200'>"
        "<a:solidFill><a:schemeClr val='tx2'/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>"
    )
    return (
        _placeholder(2, "Title", "title", "", None, 0, 0, 0)
        + kicker.replace("<a:lstStyle/>", style)
        + _small_print()
    )


def _small_print() -> str:
    right = _LEFT + _COLUMN - 0.6
    return _placeholder(
        5, "Footer", "ftr", "sz='quarter' idx='3'", _LEFT, 7.04, _COLUMN - 0.8, 0.36
    ) + _placeholder(
        6, "Slide number", "sldNum", "sz='quarter' idx='4'", right, 7.04, 0.6, 0.36, align="r"
    )


def _placeholder(
    number: int,
    name: str,
    kind: str,
    more: str,
    left: float | None,
    top: float,
    width: float,
    height: float,
    *,
    anchor: str = "t",
    align: str = "l",
) -> str:
    """A placeholder at a place in inches; left None takes the master's place and style."""
    place = (
        ""
        if left is None
        else f"<a:xfrm><a:off x='{_emu(left)}' y='{_emu(top)}'/>"
        f"<a:ext cx='{_emu(width)}' cy='{_emu(height)}'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom>"
    )
    frame = (
        "<a:bodyPr/>"
        if left is None
        else f"<a:bodyPr vert='horz' wrap='square' lIns='0' tIns='0' rIns='0' bIns='0' anchor='{anchor}'>"
        "<a:noAutofit/></a:bodyPr>"
    )
    small = (
        f"<a:lstStyle><a:lvl1pPr algn='{align}'><a:defRPr sz='1000' b='0'><a:solidFill>"
        "<a:schemeClr val='tx2'/></a:solidFill><a:latin typeface='+mn-lt'/></a:defRPr></a:lvl1pPr>"
        "</a:lstStyle>"
        if kind in ("ftr", "sldNum")
        else "<a:lstStyle/>"
    )
    words = (
        "<a:fld id='{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}' type='slidenum'><a:rPr lang='en'/>"
        "<a:t>‹#›</a:t></a:fld>"
        if kind == "sldNum"
        else "<a:endParaRPr lang='en'/>"
        if kind == "ftr"
        else f"<a:r><a:rPr lang='en'/><a:t>{name}</a:t></a:r>"
    )
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr id='{number}' name='{name}'/><p:cNvSpPr><a:spLocks noGrp='1'/>"
        f"</p:cNvSpPr><p:nvPr><p:ph type='{kind}' {more}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody>{frame}{small}<a:p>{words}</a:p></p:txBody></p:sp>"
    )


def _hairline(number: int, top: float) -> str:
    return (
        f"<p:cxnSp><p:nvCxnSpPr><p:cNvPr id='{number}' name='Hairline'/><p:cNvCxnSpPr/><p:nvPr userDrawn='1'/>"
        f"</p:nvCxnSpPr><p:spPr><a:xfrm><a:off x='{_emu(_LEFT)}' y='{_emu(top)}'/>"
        f"<a:ext cx='{_emu(_COLUMN)}' cy='0'/></a:xfrm><a:prstGeom prst='line'><a:avLst/></a:prstGeom>"
        "<a:ln w='9525'><a:solidFill><a:schemeClr val='tx1'><a:lumMod val='15000'/>"
        "<a:lumOff val='85000'/></a:schemeClr></a:solidFill></a:ln></p:spPr></p:cxnSp>"
    )


def _set_styles(made: PresentationType) -> None:
    """Findings are read, not shouted: left, in the serif, at one size; text has no bullets."""
    styles = made.slide_master.element.find(f"{{{_P}}}txStyles")
    fresh = parse_xml(
        f"<p:txStyles {nsdecls('p', 'a', 'r')}><p:titleStyle><a:lvl1pPr algn='l'><a:lnSpc>"
        "<a:spcPct val='95000'/></a:lnSpc><a:spcBef><a:spcPct val='0'/></a:spcBef><a:buNone/>"
        f"<a:defRPr sz='{FINDING_SIZE * 100}' kern='1200'><a:solidFill><a:schemeClr val='tx1'/></a:solidFill>"
        "<a:latin typeface='+mj-lt'/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>"
        "<a:lvl1pPr marL='0' indent='0' algn='l'><a:spcBef><a:spcPts val='600'/></a:spcBef><a:buNone/>"
        "<a:defRPr sz='1800' kern='1200'><a:solidFill><a:schemeClr val='tx1'/></a:solidFill>"
        "<a:latin typeface='+mn-lt'/></a:defRPr></a:lvl1pPr></p:bodyStyle><p:otherStyle><a:defPPr>"
        "<a:defRPr lang='en'/></a:defPPr></p:otherStyle></p:txStyles>"
    )
    styles.getparent().replace(styles, fresh)
