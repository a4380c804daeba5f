"""States: open, finished or cancelled, in the words registers use in seven languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from trackrecord.values.gaps import folded

_WORDS: Final[dict[str, str]] = {
    word: state
    for state, words in {
        "finished": (
            "finished", "completed", "complete", "closed", "done", "delivered", "resolved", "released", "closed out",
            "gone live", "in operation", "handed over", "implemented", "ended", "archived", "closed - completed",
            "abgeschlossen", "beendet", "fertig", "fertiggestellt", "erledigt", "geschlossen", "umgesetzt", "ubergeben", "abgenommen",
            "termine", "terminee", "acheve", "achevee", "clos", "cloture", "cloturee", "fini", "finie", "livre", "livree", "realise", "realisee",
            "terminado", "terminada", "finalizado", "finalizada", "completado", "completada", "cerrado", "cerrada", "concluido", "concluida", "entregado",
            "afgerond", "voltooid", "gereed", "gesloten", "klaar", "opgeleverd", "afgesloten", "beeindigd",
            "ferdig", "fullfort", "avsluttet", "lukket", "levert", "ferdigstilt",
            "avslutad", "avslutat", "klar", "klart", "fardig", "fardigstalld", "slutford", "slutfort", "stangd", "levererad",
            "afsluttet", "terminated normally",
        ),
        "cancelled": (
            "cancelled", "canceled", "stopped", "terminated", "withdrawn", "abandoned", "rejected", "aborted", "discontinued", "killed",
            "wont do", "won't do", "wontfix", "closed - cancelled", "closed - not completed",
            "abgebrochen", "storniert", "gestoppt", "eingestellt", "abgelehnt", "verworfen",
            "annule", "annulee", "abandonne", "abandonnee", "arrete", "arretee", "rejete",
            "cancelado", "cancelada", "anulado", "anulada", "abandonado", "abandonada", "detenido", "rechazado", "desestimado",
            "geannuleerd", "gestopt", "afgebroken", "vervallen", "ingetrokken", "afgewezen",
            "kansellert", "avbrutt", "stoppet", "avlyst", "stanset", "forkastet", "skrinlagt",
            "avbruten", "avbrutet", "installd", "installt", "stoppad", "nedlagd", "makulerad", "avslagen",
        ),
        "open": (
            # A live project is in delivery; what it made goes live when it is closed (requirements 3.6).
            "live",
            "open", "in progress", "ongoing", "active", "on hold", "paused", "planned", "not started", "started", "new", "to do", "todo", "backlog",
            "in delivery", "delivery", "underway", "under way", "proposed", "approved", "authorised", "authorized", "authorise", "estimated", "draft", "suspended", "deferred",
            "running", "current", "in flight", "pipeline", "in review", "testing", "on track", "delayed", "behind schedule", "on schedule", "ahead of schedule", "at risk",
            "in execution", "execution", "design", "construction", "procurement", "planning", "scoping", "initiation", "implementation", "feasibility", "development", "definition",
            "mobilisation", "close-out", "closeout", "closing", "in development", "in planning", "in design", "in procurement", "in construction", "tender", "reopened", "blocked",
            "laufend", "in arbeit", "in bearbeitung", "aktiv", "geplant", "pausiert", "ruhend", "offen", "begonnen", "gestartet", "in umsetzung", "umsetzung", "in planung", "planung",
            "genehmigt", "in durchfuhrung", "durchfuhrung", "zuruckgestellt", "beantragt", "nicht begonnen", "nicht gestartet", "neu", "verzogert", "initialisierung", "realisierung",
            "en cours", "ouvert", "ouverte", "actif", "active", "planifie", "planifiee", "suspendu", "suspendue", "en attente", "demarre", "non demarre", "a demarrer", "approuve", "en pause", "prevu", "a venir",
            "nouveau", "en retard", "en preparation", "conception", "realisation", "cadrage",
            "en curso", "abierto", "abierta", "activo", "activa", "planificado", "planificada", "en pausa", "suspendido", "pendiente de inicio", "no iniciado", "no iniciada", "iniciado", "aprobado", "en ejecucion", "en marcha", "en progreso",
            "nuevo", "retrasado", "en espera", "paralizado", "ejecucion", "planificacion",
            "lopend", "in uitvoering", "actief", "gepland", "open", "on-hold", "gepauzeerd", "niet gestart", "gestart", "goedgekeurd", "in behandeling", "bezig", "in voorbereiding", "uitvoering", "voorbereiding", "nieuw", "vertraagd", "aangehouden",
            "pagar", "pagaende", "pagaende", "aktiv", "apen", "planlagt", "under arbeid", "i gang", "pa vent", "ikke startet", "ikke pabegynt", "startet", "godkjent", "gjennomforing", "under gjennomforing", "planlegging", "under planlegging", "satt pa vent", "ny", "forsinket", "pabegynt",
            "pagar", "oppen", "oppet", "planerad", "planerat", "pausad", "vilande", "ej paborjad", "ej startad", "inte startad", "startad", "godkand", "genomforande", "under genomforande", "planering", "paborjad", "forsenad", "under arbete", "avvaktar",
            "planlegges", "aktivt", "pagaende projekt",
        ),
    }.items()
    for word in words
}  # fmt: skip

_LONGEST: Final = 80  # letters
_LEADING_CODE: Final = re.compile(r"^(?:\d{1,2}|[a-z])\s*[.):-]\s*")


@lru_cache(maxsize=4096)
def state_of(text: str) -> str | None:
    """ "open", "finished" or "cancelled"; None where the words say none of them.

    A note in brackets or behind a dash does not change the state ("Completed (behind schedule)"),
    nor does a number before it ("4 - Closed").
    """
    if len(text) > _LONGEST:
        return None
    plain = folded(text).replace("_", " ").strip(" .!")
    for form in (
        plain,
        _LEADING_CODE.sub("", plain),
        re.split(r"\s*[(\[;:,]|\s+-\s+", plain)[0].strip(),
    ):
        if form in _WORDS:
            return _WORDS[form]
    parts = [part for part in re.split(r"\s*[/&+]\s*|\s+", plain) if part]
    states = {_WORDS.get(part) for part in parts}
    return states.pop() if len(states) == 1 else None
