"""A register in any of seven languages is understood without a mapping (S21-a)."""

from __future__ import annotations

from datetime import date

import pytest

from trackrecord.mapping import Mapping, apply, from_toml, guess, to_toml
from trackrecord.readers.source import Sheet
from trackrecord.tests.sheets import sheet
from trackrecord.values import typed

ENGLISH = sheet(
    ("Project ID", "Project name", "Directorate", "Category", "Project manager", "SRO", "RAG", "Status",
     "Start date", "Original approved budget (£k)", "Current budget (£k)", "Actual cost (£k)", "Baseline finish", "Forecast finish", "Actual finish", "% complete", "Root cause", "Comments"),
    ("P-001", "Payroll", "Finance", "IT", "A. Lima", "B. Okoro", "Green", "Completed", "01/02/2021", "1,200.50", "1,300", "1,250", "30/06/2022", "15/07/2022", "15/07/2022", "100", "Scope change", "Went live a fortnight late because of data cleansing work."),
    ("P-002", "Depot", "Estates", "Build", "C. Ngo", "B. Okoro", "Amber", "In progress", "14/03/2021", "800", "950", "410", "31/12/2022", "31/03/2023", None, "55", "Supplier", "The contractor has stopped work twice and is now back on site."),
    ("P-003", "Portal", "Finance", "IT", "A. Lima", "D. Maier", "Red", "Cancelled", "03/05/2021", "2,000", "2,000", "300", "30/09/2022", None, None, "10", None, "Stopped after the review of the business case in the autumn."),
    file="Project register 2023.xlsx", title=("Status as at 30 April 2026",),
)  # fmt: skip

GERMAN = sheet(
    ("Projekt-Nr.", "Projektbezeichnung", "Bereich", "Projektart", "Projektleiter", "Auftraggeber", "Ampel", "Status", "Projektbeginn",
     "Genehmigtes Budget (TEUR)", "Ist-Kosten (TEUR)", "Prognose Kosten (TEUR)", "Geplantes Ende", "Voraussichtliches Ende", "Tatsächliches Ende", "Fertigstellungsgrad (%)", "Ursache der Abweichung", "Bemerkungen"),
    ("IT-17", "Neues ERP", "Finanzen", "IT", "Anna Vogt", "Dr. Roth", "grün", "Abgeschlossen", "01.02.2021", "1.250,5", "1.310,0", "1.310,0", "30.06.2022", "15.07.2022", "15.07.2022", "100", "Lieferant", "Die Datenübernahme dauerte zwei Wochen länger als geplant."),
    ("IT-18", "Umzug Archiv", "Logistik", "Bau", "Kai Lenz", "Dr. Roth", "gelb", "Laufend", "15.03.2021", "800", "410,5", "990", "31.12.2022", "31.03.2023", None, "55", "Ressourcen", "Der Auftragnehmer hat die Arbeiten zweimal unterbrochen."),
    ("IT-19", "Bürgerportal", "Finanzen", "IT", "Anna Vogt", "Frau Ernst", "rot", "Abgebrochen", "03.05.2021", "2.000", "300", "k.A.", "30.09.2022", None, None, "10", None, "Nach der Prüfung des Geschäftsfalls im Herbst eingestellt."),
    file="Projektliste_2022.xlsx", title=("Projektportfolio", "Stand: 30.04.2026"),
)  # fmt: skip

FRENCH = sheet(
    ("N° projet", "Intitulé du projet", "Direction", "Catégorie", "Chef de projet", "Commanditaire", "Météo", "Statut", "Date de début",
     "Budget initial (k€)", "Budget révisé (k€)", "Coût réel (k€)", "Date de fin prévue", "Date de fin estimée", "Date de fin réelle", "Avancement (%)", "Cause de l'écart", "Commentaires"),
    ("A1", "Nouvelle paie", "Finances", "SI", "Mme Roy", "M. Petit", "vert", "Terminé", "1er février 2021", "1 250,5", "1 300", "1 310,0", "30/06/2022", "15/07/2022", "15/07/2022", "100", "Périmètre", "La reprise des données a duré deux semaines de plus que prévu."),
    ("A2", "Dépôt nord", "Logistique", "Travaux", "M. Diallo", "M. Petit", "orange", "En cours", "15 mars 2021", "800", "950", "410,5", "31/12/2022", "31/03/2023", None, "55", "Fournisseur", "Le prestataire a interrompu deux fois les travaux au printemps."),
    ("A3", "Portail", "Finances", "SI", "Mme Roy", "Mme Klein", "rouge", "Abandonné", "3 mai 2021", "2 000", "2 000", "300", "30/09/2022", None, None, "10", None, "Arrêté après la revue du dossier à l'automne par le comité."),
    file="projets_2023-04.csv", title=("Situation au 30 avril 2026",),
)  # fmt: skip

SPANISH = sheet(
    ("Código de proyecto", "Nombre del proyecto", "Departamento", "Tipo de proyecto", "Jefe de proyecto", "Patrocinador", "Semáforo", "Estado", "Fecha de inicio",
     "Presupuesto inicial (€)", "Presupuesto vigente (€)", "Coste real (€)", "Fecha fin prevista", "Fecha de fin estimada", "Fecha fin real", "% avance", "Causa", "Observaciones"),
    ("X-1", "Nóminas", "Finanzas", "TI", "Ana Gil", "J. Ruiz", "verde", "Finalizado", "1 de febrero de 2021", "1.250.500,00", "1.300.000,00", "1.310.000,00", "30/06/2022", "15/07/2022", "15/07/2022", "100", "Alcance", "La migración de los datos duró dos semanas más de lo previsto."),
    ("X-2", "Almacén", "Logística", "Obra", "Luis Mar", "J. Ruiz", "ámbar", "En curso", "15 de marzo de 2021", "800.000,00", "950.000,00", "410.500,50", "31/12/2022", "31/03/2023", None, "55", "Proveedor", "El contratista ha parado las obras dos veces esta primavera."),
    ("X-3", "Portal", "Finanzas", "TI", "Ana Gil", "M. Sanz", "rojo", "Cancelado", "3 de mayo de 2021", "2.000.000,00", "2.000.000,00", "300.000,00", "30/09/2022", None, None, "10", None, "Se detuvo tras la revisión del caso de negocio en otoño."),
    file="proyectos 2023.xlsx", title=("Informe de proyectos", "Fecha: 30/04/2026"),
)  # fmt: skip

DUTCH = sheet(
    ("Projectnummer", "Projectnaam", "Afdeling", "Soort", "Projectleider", "Opdrachtgever", "Stoplicht", "Status", "Startdatum",
     "Oorspronkelijk budget (k€)", "Actueel budget (k€)", "Werkelijke kosten (k€)", "Geplande einddatum", "Verwachte einddatum", "Werkelijke einddatum", "Voortgang (%)", "Oorzaak", "Toelichting"),
    ("N1", "Salaris", "Financiën", "ICT", "A. de Wit", "B. Bos", "groen", "Afgerond", "1 februari 2021", "1.250,5", "1.300", "1.310,5", "30-06-2022", "15-07-2022", "15-07-2022", "100", "Scope", "De overname van de gegevens duurde twee weken langer."),
    ("N2", "Depot", "Logistiek", "Bouw", "C. Vos", "B. Bos", "oranje", "In uitvoering", "15 maart 2021", "800", "950", "410,5", "31-12-2022", "31-03-2023", None, "55", "Leverancier", "De aannemer heeft het werk dit voorjaar twee keer stilgelegd."),
    ("N3", "Portaal", "Financiën", "ICT", "A. de Wit", "D. Smit", "rood", "Geannuleerd", "3 mei 2021", "2.000", "2.000", "300", "30-09-2022", None, None, "10", None, "Gestopt na de toetsing van de business case in het najaar."),
    file="projecten-2023.csv", title=("Peildatum 30 april 2026",),
)  # fmt: skip

NORWEGIAN = sheet(
    ("Prosjektnummer", "Prosjektnavn", "Avdeling", "Kategori", "Prosjektleder", "Prosjekteier", "Trafikklys", "Status", "Startdato",
     "Opprinnelig budsjett (MNOK)", "Gjeldende budsjett (MNOK)", "Faktisk kostnad (MNOK)", "Planlagt sluttdato", "Forventet sluttdato", "Faktisk sluttdato", "Ferdiggrad (%)", "Årsak", "Kommentar"),
    ("K1", "Lønn", "Økonomi", "IKT", "A. Berg", "B. Dahl", "grønn", "Avsluttet", "1. februar 2021", "1,2505", "1,3", "1,31", "30.06.2022", "15.07.2022", "15.07.2022", "100", "Omfang", "Konverteringen av data tok to uker lenger enn planlagt."),
    ("K2", "Lager", "Logistikk", "Bygg", "C. Lie", "B. Dahl", "gul", "Pågår", "15. mars 2021", "0,8", "0,95", "0,4105", "31.12.2022", "31.03.2023", None, "55", "Leverandør", "Entreprenøren har stanset arbeidet to ganger denne våren."),
    ("K3", "Portal", "Økonomi", "IKT", "A. Berg", "D. Moe", "rød", "Avbrutt", "3. mai 2021", "2,0", "2,0", "0,3", "30.09.2022", None, None, "10", None, "Stoppet etter gjennomgangen av grunnlaget i høst."),
    file="prosjekter_2023.csv", title=("Per 30.04.2026",),
)  # fmt: skip

SWEDISH = sheet(
    ("Projektnummer", "Projektnamn", "Förvaltning", "Projekttyp", "Projektledare", "Beställare", "Trafikljus", "Läge", "Startdatum",
     "Ursprunglig budget (tkr)", "Gällande budget (tkr)", "Utfall kostnad (tkr)", "Planerat slutdatum", "Prognos slutdatum", "Verkligt slutdatum", "Färdigställandegrad (%)", "Orsak", "Kommentar"),
    ("S1", "Lön", "Ekonomi", "IT", "A. Berg", "B. Ek", "grön", "Avslutad", "2021-02-01", "1 250,5", "1 300", "1 310", "2022-06-30", "2022-07-15", "2022-07-15", "100", "Omfattning", "Överföringen av data tog två veckor längre än planerat."),
    ("S2", "Lager", "Logistik", "Bygg", "C. Holm", "B. Ek", "gul", "Pågår", "2021-03-15", "800", "950", "410,5", "2022-12-31", "2023-03-31", None, "55", "Leverantör", "Entreprenören har stoppat arbetet två gånger i våras."),
    ("S3", "Portal", "Ekonomi", "IT", "A. Berg", "D. Ås", "röd", "Avbruten", "2021-05-03", "2 000", "2 000", "300", "2022-09-30", None, None, "10", None, "Stoppades efter granskningen av underlaget i höstas."),
    file="projekt 2023.xlsx", title=("Lägesrapport per den 30 april 2026",),
)  # fmt: skip

LANGUAGES = {
    "English": ENGLISH,
    "German": GERMAN,
    "French": FRENCH,
    "Spanish": SPANISH,
    "Dutch": DUTCH,
    "Norwegian": NORWEGIAN,
    "Swedish": SWEDISH,
}
in_each_language = pytest.mark.parametrize("register", LANGUAGES.values(), ids=LANGUAGES)

COMMON = ["key", "name", "org_unit", "kind", "manager", "sponsor", "rag", "state", "started"]
CURRENCY = {"English": "GBP", "Norwegian": "NOK", "Swedish": "SEK"}


@in_each_language
def test_the_columns_that_every_register_has_are_understood(register: Sheet) -> None:
    fields = [column.field for column in guess(register)]

    assert fields[:9] == COMMON
    assert fields[-3:] == ["percent_complete", "cause", "narrative"]


@in_each_language
def test_planned_forecast_and_actual_are_told_apart(register: Sheet) -> None:
    fields = [column.field for column in guess(register)]
    costs, dates = fields[9:12], fields[12:15]

    expected = (
        ["planned_cost", "cost_actual", "forecast_cost"]
        if register is GERMAN
        else ["original_cost", "current_cost", "cost_actual"]
    )
    assert costs == expected
    assert dates == ["planned_finish", "forecast_finish", "finished"]


@in_each_language
def test_the_day_is_read_from_the_line_above_the_table(register: Sheet) -> None:
    assert guess(register).as_at == date(2026, 4, 30)


@pytest.mark.parametrize(("language", "register"), LANGUAGES.items(), ids=LANGUAGES)
def test_values_mean_the_same_in_every_language(language: str, register: Sheet) -> None:
    read = typed(register, guess(register))

    assert read.problems == ()
    assert read.columns["rag"].to_pylist() == ["Green", "Amber", "Red"]
    assert read.columns["state"].to_pylist() == ["finished", "open", "cancelled"]
    assert read.columns["started"].to_pylist()[0] == date(2021, 2, 1)
    assert read.columns["finished"].to_pylist() == [date(2022, 7, 15), None, None]
    assert read.columns["percent_complete"].to_pylist() == [1.0, 0.55, 0.1]
    assert set(read.columns["currency"].to_pylist()) == {CURRENCY.get(language, "EUR")}


PLANNED = {
    "English": [120_050_000, 80_000_000, 200_000_000],
    "Norwegian": [125_050_000, 80_000_000, 200_000_000],
}


@pytest.mark.parametrize(("language", "register"), LANGUAGES.items(), ids=LANGUAGES)
def test_amounts_are_minor_units_whatever_the_marks_and_units(
    language: str, register: Sheet
) -> None:
    columns = typed(register, guess(register)).columns
    first_plan = columns.get("original_cost", columns.get("planned_cost"))

    assert first_plan is not None
    assert first_plan.to_pylist() == PLANNED.get(language, [125_050_000, 80_000_000, 200_000_000])


@in_each_language
def test_people_become_opaque_and_their_names_stay_in_words(register: Sheet) -> None:
    read = typed(register, guess(register), salt="office")
    names, ids = read.words["manager"].to_pylist(), read.columns["manager"].to_pylist()

    assert ids[0] == ids[2] != ids[1]
    assert not any(name in str(ids) for name in names)


@pytest.mark.parametrize(
    ("id_", "planned", "actual"),
    [
        ("Project ID", "Planned date", "Actual date"),
        ("Projekt-Nr.", "Termin Plan", "Termin Ist"),
        ("Projekt-Nr.", "Plan", "Ist"),
        ("Projekt-Nr.", "Soll-Termin", "Ist-Termin"),
        ("Projekt-Nr.", "Plantermin", "Isttermin"),
        ("N° projet", "Date prévue", "Date réelle"),
        ("Código de proyecto", "Fecha prevista", "Fecha real"),
        ("Projectnummer", "Geplande datum", "Werkelijke datum"),
        ("Prosjektnummer", "Planlagt dato", "Faktisk dato"),
        ("Projektnummer", "Planerat datum", "Verkligt datum"),
    ],
)
def test_a_date_planned_and_a_date_come_true_are_of_the_finish_where_no_more_is_said(
    id_: str, planned: str, actual: str
) -> None:
    rows = (("P1", "30.06.2022", "15.07.2022"), ("P2", "31.12.2022", None))
    mapping = guess(sheet((id_, planned, actual), *rows))

    assert [column.field for column in mapping] == ["key", "planned_finish", "finished"]


def test_a_date_of_something_else_stays_unused_and_is_noticed() -> None:
    rows = (("P1", "2022-06-30", 5, 12), ("P2", "2022-12-31", 6, 15))
    mapping = guess(sheet(("Project ID", "Planned audit", "Spare (£)", "Headcount"), *rows))

    assert [column.looks for column in mapping] == [None, "date", "money", None]


def test_what_a_person_left_unused_in_the_mapping_is_not_asked_about_again() -> None:
    register = sheet(("Project ID", "Planned audit"), ("P1", "2022-06-30"), ("P2", "2022-12-31"))
    given = from_toml(to_toml(Mapping(sheets=(guess(register),))))

    assert [column.looks for column in apply(given, register)] == [None, None]
